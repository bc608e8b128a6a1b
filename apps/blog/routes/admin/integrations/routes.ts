import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Database } from '../../../models/index.ts'
import {
  type Delivery,
  testWebhook,
  type WebhookSender,
} from '../../../services/webhooks/deliver-webhook.ts'
import {
  addWebhook,
  createIntegration,
  deleteIntegration,
  findIntegration,
  type Integration,
  listIntegrations,
  listWebhooks,
  removeWebhook,
} from '../../../services/webhooks/integrations.ts'
import { describeIntegration, integrationUrl, listUrl, type NewSecret } from './describe.ts'
import { readName, readWebhookForm, type WebhookForm } from './forms.ts'

interface Options {
  readonly database: Database
  readonly page: PageRenderer
  readonly webhooks: WebhookSender
}

const params = z.object({ id: z.uuid(), webhookId: z.uuid().optional() })
const missing = 'There is no such integration.'
const blankForm: WebhookForm = {
  values: { event: 'site.changed', targetUrl: '' },
  errors: {},
  webhook: undefined,
}

/** Keys of the Content API, and who is told of changes. For those who may bring content in and out. */
export async function integrationRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { database, page, webhooks } = options

  app.get('/admin/integrations/', async (request, reply) => {
    requirePermission(request, 'posts.import')
    return sendList(request, reply, { name: '', error: null })
  })

  app.post('/admin/integrations/', async (request, reply) => {
    const user = requirePermission(request, 'posts.import')
    const form = readName(request.body)
    if (form.error !== null) return sendList(request, reply, form)
    const { id } = await createIntegration(database, { name: form.name, createdBy: user.id })
    addNotice(reply, { tone: 'success', text: `“${form.name}” has a key.` })
    return reply.redirect(integrationUrl(id), 303)
  })

  app.get('/admin/integrations/:id/', async (request, reply) =>
    sendOne(request, reply, { integration: await readIntegration(request), form: blankForm }),
  )

  app.post('/admin/integrations/:id/webhooks', async (request, reply) => {
    const integration = await readIntegration(request)
    const form = await refuseDouble(integration, readWebhookForm(request.body))
    if (!form.webhook) return sendOne(request, reply, { integration, form })
    const webhook = { integrationId: integration.id, ...form.webhook }
    const value = await addWebhook({ database, secrets: webhooks.secrets }, webhook)
    // Not after a redirect: the secret would have to be kept somewhere in between.
    const secret = { targetUrl: webhook.targetUrl, value }
    return sendOne(request, reply, { integration, form: blankForm, secret })
  })

  app.post('/admin/integrations/:id/webhooks/:webhookId/test', async (request, reply) => {
    const { id } = await readIntegration(request)
    const webhookId = await readWebhookId(request, id)
    const delivery = await testWebhook(webhooks, webhookId)
    if (!delivery) throw new NotFoundError('There is no such webhook.')
    addNotice(reply, noticeOf(delivery))
    return reply.redirect(integrationUrl(id), 303)
  })

  app.post('/admin/integrations/:id/webhooks/:webhookId/remove', async (request, reply) => {
    const { id } = await readIntegration(request)
    await removeWebhook(database, { id: await readWebhookId(request, id), integrationId: id })
    addNotice(reply, { tone: 'success', text: 'The webhook is removed.' })
    return reply.redirect(integrationUrl(id), 303)
  })

  app.get('/admin/integrations/:id/delete', async (request, reply) => {
    const { id, name } = await readIntegration(request)
    const url = integrationUrl(id)
    const webhookCount = (await listWebhooks(database, id)).length
    return send(request, reply, {
      title: 'Delete an integration',
      data: { doomed: { name, url, action: `${url}delete`, webhookCount } },
    })
  })

  app.post('/admin/integrations/:id/delete', async (request, reply) => {
    const { id, name } = await readIntegration(request)
    if (!(await deleteIntegration(database, id))) throw new NotFoundError(missing)
    addNotice(reply, { tone: 'success', text: `“${name}” is deleted.` })
    return reply.redirect(listUrl, 303)
  })

  async function readIntegration(request: FastifyRequest): Promise<Integration> {
    requirePermission(request, 'posts.import')
    const parsed = params.safeParse(request.params)
    const found = parsed.success ? await findIntegration(database, parsed.data.id) : undefined
    if (!found) throw new NotFoundError(missing)
    return found
  }

  async function readWebhookId(request: FastifyRequest, integrationId: string): Promise<string> {
    const { webhookId } = params.parse(request.params)
    const known = await listWebhooks(database, integrationId)
    const found = known.find(({ id }) => id === webhookId)
    if (!found) throw new NotFoundError('There is no such webhook.')
    return found.id
  }

  /** Sending a form again, by reloading the page with the secret, adds nothing. */
  async function refuseDouble({ id }: Integration, form: WebhookForm): Promise<WebhookForm> {
    const { webhook } = form
    const known = webhook ? await listWebhooks(database, id) : []
    const isDouble = known.some(
      ({ event, targetUrl }) => event === webhook?.event && targetUrl === webhook.targetUrl,
    )
    if (!isDouble) return form
    return { ...form, webhook: undefined, errors: { targetUrl: 'It is told of that already.' } }
  }

  async function sendList(
    request: FastifyRequest,
    reply: FastifyReply,
    { name, error }: { readonly name: string; readonly error: string | null },
  ) {
    const integrations = await listIntegrations(database)
    const described = integrations.map((one) => ({ ...one, url: integrationUrl(one.id) }))
    return send(request, reply, {
      title: 'Integrations',
      isWrong: error !== null,
      data: { list: { integrations: described, name, error } },
    })
  }

  async function sendOne(
    request: FastifyRequest,
    reply: FastifyReply,
    { integration, form, secret = null }: ShownIntegration,
  ) {
    const one = describeIntegration(integration, {
      siteUrl: app.config.publicUrls.blog,
      webhooks: await listWebhooks(database, integration.id),
      form,
      secret,
    })
    const isWrong = Object.keys(form.errors).length > 0
    return send(request, reply, { title: integration.name, isWrong, data: { one } })
  }

  function send(
    request: FastifyRequest,
    reply: FastifyReply,
    { title, data, isWrong = false }: { title: string; data: object; isWrong?: boolean },
  ): Promise<FastifyReply> {
    return page(request, reply, {
      template: 'pages/admin/integrations',
      title,
      isPrivate: true,
      status: isWrong ? 422 : 200,
      data: { list: null, one: null, doomed: null, ...data },
    })
  }
}

interface ShownIntegration {
  readonly integration: Integration
  readonly form: WebhookForm
  readonly secret?: NewSecret | null
}

function noticeOf(delivery: Delivery) {
  if (delivery.result === 'delivered') {
    return {
      tone: 'success',
      text: `The test arrived: it was answered ${delivery.status}.`,
    } as const
  }
  return {
    tone: 'warning',
    text: `The test did not arrive. ${delivery.sentence}`.slice(0, 300),
  } as const
}
