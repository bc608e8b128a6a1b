import type { ClientAppDraft, ClientAppProblems } from '@rose-ash/shared/contracts/client-apps'
import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import { requireUser } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { accountNavigation } from '../dashboard/routes.ts'
import { describeForm, draftOf, readDraft } from './form.ts'

const idParams = z.object({ id: z.string().max(100) })
const takeBackForm = z.object({ app: z.string().min(1).max(100) })

/** `/apps/`: apps that a member has let in, and apps that a member makes. */
export async function appRoutes(
  app: FastifyInstance,
  { page }: { readonly page: PageRenderer },
): Promise<void> {
  const { clientApps } = app.services

  app.get('/apps/', async (request, reply) => {
    const { id } = requireUser(request)
    const [letIn, own] = await Promise.all([clientApps.listLetIn(id), clientApps.listOwn(id)])
    const data = { letIn: letIn.map((one) => ({ ...one, can: canDo(one.scopes) })), own }
    return show({ request, reply }, { template: 'apps', title: 'Your apps', data })
  })

  app.post('/apps/take-back', async (request, reply) => {
    const { id } = requireUser(request)
    const form = takeBackForm.safeParse(request.body)
    const letIn = await clientApps.listLetIn(id)
    const found = letIn.find(({ clientId }) => clientId === form.data?.app)
    if (!found) throw new NotFoundError('That app is not let in any more.')
    await clientApps.takeBack(id, found.clientId)
    addNotice(reply, { tone: 'success', text: `${found.name} is signed out of your account.` })
    return reply.redirect('/apps/', 303)
  })

  app.get('/apps/new', async (request, reply) => {
    requireUser(request)
    return showForm({ request, reply }, { draft: readDraft({}), problems: {} })
  })

  app.post('/apps/new', async (request, reply) => {
    const { id } = requireUser(request)
    const draft = readDraft(request.body)
    const outcome = await clientApps.register(id, draft)
    if (outcome.status === 'refused') {
      return showForm({ request, reply }, { draft, problems: outcome.problems })
    }
    return showSecret({ request, reply }, { app: outcome.app, secret: outcome.secret })
  })

  app.get('/apps/:id', async (request, reply) => {
    const own = await ownApp(request)
    return showForm({ request, reply }, { draft: draftOf(own), problems: {}, id: own.id })
  })

  app.post('/apps/:id', async (request, reply) => {
    const own = await ownApp(request)
    const draft = { ...readDraft(request.body), kind: own.kind }
    const outcome = await clientApps.change(requireUser(request).id, own.id, draft)
    if (outcome.status === 'refused') {
      return showForm({ request, reply }, { draft, problems: outcome.problems, id: own.id })
    }
    addNotice(reply, { tone: 'success', text: 'The app is saved.' })
    return reply.redirect('/apps/', 303)
  })

  app.post('/apps/:id/secret', async (request, reply) => {
    const own = await ownApp(request)
    const secret = await clientApps.renewSecret(requireUser(request).id, own.id)
    return showSecret({ request, reply }, { app: own, secret })
  })

  app.post('/apps/:id/remove', async (request, reply) => {
    const own = await ownApp(request)
    await clientApps.remove(requireUser(request).id, own.id)
    addNotice(reply, { tone: 'success', text: `${own.name} is removed. Nobody can sign in to it.` })
    return reply.redirect('/apps/', 303)
  })

  async function ownApp(request: FastifyRequest) {
    const user = requireUser(request)
    const { data } = idParams.safeParse(request.params)
    const own = data && (await clientApps.findOwn(user.id, data.id))
    if (!own) throw new NotFoundError('There is no such app of yours.')
    return own
  }

  interface Visit {
    readonly request: FastifyRequest
    readonly reply: FastifyReply
  }

  function show(
    { request, reply }: Visit,
    {
      template,
      title,
      data,
      status = 200,
    }: { template: string; title: string; data: object; status?: number },
  ) {
    return page(request, reply, {
      template: `pages/${template}`,
      title,
      isPrivate: true,
      status,
      data: { current: 'apps', ...data },
      fragments: accountNavigation,
    })
  }

  function showForm(
    visit: Visit,
    form: { draft: ClientAppDraft; problems: ClientAppProblems; id?: string },
  ) {
    const data = { id: form.id ?? null, ...describeForm(form.draft, form.problems) }
    const status = Object.keys(form.problems).length > 0 ? 422 : 200
    const title = form.id ? form.draft.name : 'Register an app'
    return show(visit, { template: 'app-form', title, status, data })
  }

  /** Once only: what is kept is a hash. */
  function showSecret(visit: Visit, data: object) {
    void visit.reply.header('cache-control', 'no-store')
    const issuer = app.config.publicUrls.federation
    return show(visit, { template: 'app-secret', title: 'Your app', data: { ...data, issuer } })
  }
}

const scopeTexts: Readonly<Record<string, string>> = {
  profile: 'your name and profile',
  email: 'your email address',
}

function canDo(scopes: readonly string[]): string {
  const parts = Object.entries(scopeTexts).filter(([scope]) => scopes.includes(scope))
  if (parts.length === 0) return 'knows that it is you'
  return `knows ${parts.map(([, words]) => words).join(' and ')}`
}
