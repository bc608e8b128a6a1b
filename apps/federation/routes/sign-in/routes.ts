import { UnavailableError } from '@rose-ash/shared/contracts/errors'
import type { AppConfig } from '@rose-ash/shared/infrastructure/config/schema'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { browserName } from '../../services/browser-name.ts'
import type { LinkLimit } from '../../services/link-limits.ts'
import type { MagicLinks } from '../../services/magic-links.ts'
import { networkOf } from '../../services/networks.ts'
import type { Interactions } from './interactions.ts'
import type { SendSignInMail } from './mail.ts'
import type { Place, SignInPages } from './pages.ts'
import {
  codeForm,
  emailForm,
  emailSchema,
  fromQuery,
  interactionParameters,
  linkToken,
} from './schemas.ts'

export interface SignInOptions {
  readonly config: AppConfig
  readonly interactions: Interactions
  readonly links: MagicLinks
  readonly sendMail: SendSignInMail
  readonly pages: SignInPages
}

/** Signing in by a link in a mail. Every address belongs to one interaction; GET changes nothing. */
export async function signInRoutes(instance: FastifyInstance, options: SignInOptions) {
  const { config, interactions, links, pages } = options
  const app = instance.withTypeProvider<ZodTypeProvider>()
  const params = interactionParameters
  const common = { config: { handshake: 'never' } } as const
  const at = { schema: { params, querystring: fromQuery } }

  app.get('/sign-in/:uid', { ...common, ...at }, async (request, reply) => {
    const place = placeOf(request, reply)
    if (!(await interactions.find(request, reply))) return pages.over(place, 'interaction')
    return pages.form(place, { email: '', error: null, status: 200 })
  })

  app.post(
    '/sign-in/:uid',
    { ...common, schema: { ...at.schema, body: emailForm } },
    async (request, reply) => {
      const place = placeOf(request, reply)
      const interaction = await interactions.find(request, reply)
      if (!interaction) return pages.over(place, 'interaction')
      const typed = request.body.email
      const email = emailSchema.safeParse(typed)
      if (!email.success) {
        const error = 'That does not look like an email address yet.'
        return pages.form(place, { email: typed, error, status: 400 })
      }
      try {
        const outcome = await askForLink(options, place, email.data)
        if (outcome === 'sent') return reply.redirect(sentPath(place), 303)
        return await showLimit(place, { email: email.data, limit: outcome })
      } catch (error) {
        if (!(error instanceof UnavailableError)) throw error
        request.log.error({ err: error }, 'a sign-in mail was not sent')
        return pages.form(place, { email: typed, error: mailOutage, status: 503 })
      }
    },
  )

  app.get('/sign-in/:uid/sent', { ...common, ...at }, async (request, reply) => {
    const place = placeOf(request, reply)
    if (!(await interactions.find(request, reply))) return pages.over(place, 'interaction')
    const waiting = await links.findWaiting(place.uid)
    if (!waiting) return pages.form(place, { email: '', error: null, status: 200 })
    return pages.sent(place, waiting, { codeError: null, notice: null, status: 200 })
  })

  app.get(
    '/sign-in/:uid/link',
    { ...common, schema: { params, querystring: linkToken.extend(fromQuery.shape) } },
    async (request, reply) => {
      const place = placeOf(request, reply)
      const { token } = request.query
      const link = await links.findByToken(token, place.uid)
      if (!link) return pages.over(place, 'link')
      const isSameBrowser = (await interactions.find(request, reply)) !== undefined
      return pages.link(place, { ...link, token, isSameBrowser })
    },
  )

  app.post(
    '/sign-in/:uid/link',
    { ...common, schema: { ...at.schema, body: linkToken } },
    async (request, reply) => {
      const place = placeOf(request, reply)
      const { token } = request.body
      if (await interactions.find(request, reply)) {
        const email = await links.consume(token, place.uid)
        return email ? interactions.finish(request, reply, email) : pages.over(place, 'link')
      }
      const link = await links.findByToken(token, place.uid)
      const code = link && (await links.createCode(token, place.uid))
      return code ? pages.code(place, { ...link, code }) : pages.over(place, 'link')
    },
  )

  app.post(
    '/sign-in/:uid/code',
    { ...common, schema: { ...at.schema, body: codeForm } },
    async (request, reply) => {
      const place = placeOf(request, reply)
      if (!(await interactions.find(request, reply))) return pages.over(place, 'interaction')
      const email = await links.consumeCode(request.body.code, place.uid)
      if (email) return interactions.finish(request, reply, email)
      const waiting = await links.findWaiting(place.uid)
      if (!waiting) return pages.over(place, 'link')
      const codeError = 'That is not the code. It has six digits, and the link in the mail shows it.'
      return pages.sent(place, waiting, { codeError, notice: null, status: 400 })
    },
  )

  async function showLimit(place: Place, { email, limit }: { email: string; limit: LinkLimit }) {
    const notice = limitNotice(limit)
    const waiting = await links.findWaiting(place.uid)
    if (waiting) return pages.sent(place, waiting, { codeError: null, notice, status: 429 })
    return pages.form(place, { email, error: notice, status: 429 })
  }
}

const mailOutage =
  'Our mail is not going out just now, so there is no link yet. Please try again in a few minutes.'

function limitNotice(limit: LinkLimit): string {
  if (limit.status === 'too-soon') {
    return `A mail is on its way. You can ask for another one in ${limit.secondsLeft} seconds.`
  }
  return limit.by === 'address'
    ? 'Five mails have gone to this address within an hour. Please use the newest one, or wait a while.'
    : 'Many mails have been asked for from your network. Please try again in an hour.'
}

type SignInRequest = FastifyRequest<{ Params: { uid: string }; Querystring: { from?: Place['app'] } }>

function placeOf(request: FastifyRequest, reply: FastifyReply): Place {
  const { params, query } = request as unknown as SignInRequest
  return { request, reply, uid: params.uid, app: query.from }
}

function sentPath({ uid, app }: Place): string {
  return `/sign-in/${uid}/sent${app ? `?from=${app}` : ''}`
}

/** The link holds its token in the query, which no log keeps. */
function askForLink({ config, links, sendMail }: SignInOptions, place: Place, email: string) {
  const { request, uid, app } = place
  const askedFrom = `${browserName(request.headers['user-agent'])}, from ${request.ip}`
  const ask = { email, interactionId: uid, network: networkOf(request.ip), askedFrom }
  return links.ask(ask, (token) => {
    const url = new URL(`${config.publicUrls.federation}/sign-in/${uid}/link`)
    if (app) url.searchParams.set('from', app)
    url.searchParams.set('token', token)
    const destination = new URL(config.publicUrls[app ?? 'federation']).host
    return sendMail({ to: email, url: url.href, askedFrom, destination })
  })
}
