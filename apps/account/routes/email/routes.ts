import { readEmailAddress } from '@rose-ash/shared/contracts/email-address'
import { PlatformError, UnavailableError } from '@rose-ash/shared/contracts/errors'
import type { SendNoticeMail } from '@rose-ash/shared/infrastructure/mail/notice-mail'
import type { Identity } from '@rose-ash/shared/infrastructure/sessions/identity'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import {
  requireFreshSignIn,
  requireUser,
} from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { EmailChanges } from '../../services/email-changes.ts'
import { accountNavigation } from '../dashboard/routes.ts'
import { mailToNew, mailToOld } from './mails.ts'

interface Options {
  readonly changes: EmailChanges
  readonly sendMail: SendNoticeMail
  readonly identity: Identity
  readonly page: PageRenderer
}

const emailForm = z.object({ email: z.string().max(1000) }).catch({ email: '' })
const tokenHolder = z.object({ token: z.string().regex(/^[\w-]{43}$/) })
const notAnAddress = 'That does not look like an email address yet.'
const mailOutage = 'Our mail is not going out just now. Please try again in a few minutes.'

/** `/details/email/`: another address, which has to be shown to be one's own. GET changes nothing. */
export async function emailRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { changes, sendMail, identity, page } = options

  app.get('/details/email/', async (request, reply) => {
    requireFreshSignIn(request, identity)
    return show({ request, reply }, { template: 'email', status: 200, data: emptyForm })
  })

  app.post('/details/email/', async (request, reply) => {
    const user = requireFreshSignIn(request, identity)
    const { email: typed } = emailForm.parse(request.body)
    const again = (error: string, status: number) =>
      show({ request, reply }, { template: 'email', status, data: { email: typed, error } })
    const email = readEmailAddress(typed)
    if (!email) return again(notAnAddress, 422)
    if (email.toLowerCase() === user.email.toLowerCase()) {
      return again('That is your address already.', 422)
    }
    try {
      await changes.ask(user.id, email, (link) =>
        sendMail(mailToNew(app.config, { ...link, email })),
      )
    } catch (error) {
      if (error instanceof UnavailableError) return again(mailOutage, 503)
      if (error instanceof PlatformError && error.status === 429) return again(error.message, 429)
      throw error
    }
    return show({ request, reply }, { template: 'email-sent', status: 200, data: { email } })
  })

  app.get('/details/email/confirm', async (request, reply) => {
    const user = requireUser(request)
    const { data } = tokenHolder.safeParse(request.query)
    const email = data && (await changes.find(user.id, data.token))
    return show(
      { request, reply },
      {
        template: 'email-confirm',
        status: email ? 200 : 410,
        data: { email: email ?? null, token: data?.token ?? '' },
      },
    )
  })

  app.post('/details/email/confirm', async (request, reply) => {
    const user = requireUser(request)
    const { data } = tokenHolder.safeParse(request.body)
    const changed = data && (await changes.finish(user.id, data.token))
    if (!changed) {
      const over = { email: null, token: '' }
      return show({ request, reply }, { template: 'email-confirm', status: 410, data: over })
    }
    await tellOld(request, changed)
    addNotice(reply, { tone: 'success', text: `Your address is ${changed.email} now.` })
    return reply.redirect('/details/', 303)
  })

  /** What was changed stays changed, also when the mail about it does not go out. */
  async function tellOld(request: FastifyRequest, changed: { email: string; before: string }) {
    try {
      await sendMail(mailToOld(app.config, changed))
    } catch (error) {
      request.log.error({ err: error }, 'a mail about a changed address was not sent')
    }
  }

  function show(
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
    { template, status, data }: { template: string; status: number; data: object },
  ) {
    return page(request, reply.header('referrer-policy', 'no-referrer'), {
      template: `pages/${template}`,
      title: 'Your email address',
      isPrivate: true,
      status,
      data: { current: 'details', ...data },
      fragments: accountNavigation,
    })
  }
}

const emptyForm = { email: '', error: null }
