import { ConflictError } from '@rose-ash/shared/contracts/errors'
import type { AppConfig } from '@rose-ash/shared/infrastructure/config/schema'
import type { Identity } from '@rose-ash/shared/infrastructure/sessions/identity'
import type { FastifyInstance } from 'fastify'
import type { KnownAccounts } from '../../services/known-accounts.ts'
import type { MagicLinks } from '../../services/magic-links.ts'
import { askForLink } from './ask-for-link.ts'
import type { Interactions } from './interactions.ts'
import type { SendSignInMail } from './mail.ts'
import type { Place, SignInContext, SignInPages } from './pages.ts'
import { codeOf, fromQuery, placeOf, tokenOf, userOf } from './schemas.ts'

export interface SignInOptions {
  readonly publicUrls: AppConfig['publicUrls']
  readonly interactions: Interactions
  readonly links: MagicLinks
  readonly sendMail: SendSignInMail
  readonly pages: SignInPages
  readonly accounts: KnownAccounts
  readonly identity: Identity
}

const sameForAll = { config: { handshake: 'never' } } as const

const notTheCode = 'That is not the code. It has six digits, and the link in the mail shows it.'

/** Signing in by a link in a mail. Every address belongs to one interaction; GET changes nothing. */
export async function signInRoutes(app: FastifyInstance, options: SignInOptions): Promise<void> {
  const { interactions, links, pages, accounts, identity } = options

  app.get('/sign-in/:uid', sameForAll, async (request, reply) => {
    const place = placeOf(request, reply)
    const context = await contextOf(options, place)
    if (!context) return pages.over(place, 'interaction')
    return pages.form(place, context, { email: '', error: null, status: 200 })
  })

  app.post('/sign-in/:uid', sameForAll, async (request, reply) => {
    const place = placeOf(request, reply)
    const context = await contextOf(options, place)
    if (!context) return pages.over(place, 'interaction')
    return askForLink(options, place, context)
  })

  app.post('/sign-in/:uid/keep', sameForAll, async (request, reply) => {
    const place = placeOf(request, reply)
    const pending = await interactions.find(place)
    if (!pending) return pages.over(place, 'interaction')
    if (!pending.account || pending.prompt !== 'select_account') {
      throw new ConflictError('Nobody is signed in here. Please choose again.')
    }
    return interactions.end(place, { select_account: {} })
  })

  app.post('/sign-in/:uid/forget', sameForAll, async (request, reply) => {
    const place = placeOf(request, reply)
    if (!(await interactions.isHere(place))) return pages.over(place, 'interaction')
    const { deviceId } = identity.visitorOf(request)
    const userId = userOf(request.body)
    if (deviceId && userId) await accounts.forget(deviceId, userId)
    return reply.redirect(`/sign-in/${place.uid}${fromQuery(place)}`, 303)
  })

  app.get('/sign-in/:uid/sent', sameForAll, async (request, reply) => {
    const place = placeOf(request, reply)
    if (!(await interactions.isHere(place))) return pages.over(place, 'interaction')
    const waiting = await links.findWaiting(place.uid)
    if (!waiting) return pages.over(place, 'link')
    return pages.sent(place, waiting, { codeError: null, notice: null, status: 200 })
  })

  app.get('/sign-in/:uid/link', sameForAll, async (request, reply) => {
    const place = placeOf(request, reply)
    const token = tokenOf(request.query)
    const link = token && (await links.findByToken(token, place.uid))
    if (!link) return pages.over(place, 'link')
    const isSameBrowser = await interactions.isHere(place)
    return pages.link(place, { ...link, token, isSameBrowser })
  })

  app.post('/sign-in/:uid/link', sameForAll, async (request, reply) => {
    const place = placeOf(request, reply)
    const token = tokenOf(request.body)
    const link = token && (await links.findByToken(token, place.uid))
    if (!link) return pages.over(place, 'link')
    if (await interactions.isHere(place)) {
      const email = await links.consume(token, place.uid)
      return email ? interactions.finish(place, email) : pages.over(place, 'link')
    }
    const code = await links.createCode(token, place.uid)
    return code ? pages.code(place, { ...link, code }) : pages.over(place, 'link')
  })

  app.post('/sign-in/:uid/code', sameForAll, async (request, reply) => {
    const place = placeOf(request, reply)
    if (!(await interactions.isHere(place))) return pages.over(place, 'interaction')
    const email = await links.consumeCode(codeOf(request.body), place.uid)
    if (email) return interactions.finish(place, email)
    const waiting = await links.findWaiting(place.uid)
    if (!waiting) return pages.over(place, 'link')
    return pages.sent(place, waiting, { codeError: notTheCode, notice: null, status: 400 })
  })
}

async function contextOf(
  { interactions, accounts, identity }: SignInOptions,
  place: Place,
): Promise<SignInContext | undefined> {
  const pending = await interactions.find(place)
  if (!pending) return undefined
  const { deviceId } = identity.visitorOf(place.request)
  return { pending, accounts: await accounts.list(deviceId) }
}
