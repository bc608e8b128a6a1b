import type { AppConfig } from '@rose-ash/shared/infrastructure/config/schema'
import type { FastifyInstance } from 'fastify'
import type { MagicLinks } from '../../services/magic-links.ts'
import { askForLink } from './ask-for-link.ts'
import type { Interactions } from './interactions.ts'
import type { SendSignInMail } from './mail.ts'
import type { SignInPages } from './pages.ts'
import { codeOf, placeOf, tokenOf } from './schemas.ts'

export interface SignInOptions {
  readonly publicUrls: AppConfig['publicUrls']
  readonly interactions: Interactions
  readonly links: MagicLinks
  readonly sendMail: SendSignInMail
  readonly pages: SignInPages
}

const sameForAll = { config: { handshake: 'never' } } as const

const notTheCode = 'That is not the code. It has six digits, and the link in the mail shows it.'

/** Signing in by a link in a mail. Every address belongs to one interaction; GET changes nothing. */
export async function signInRoutes(app: FastifyInstance, options: SignInOptions): Promise<void> {
  const { interactions, links, pages } = options

  app.get('/sign-in/:uid', sameForAll, async (request, reply) => {
    const place = placeOf(request, reply)
    if (!(await interactions.isHere(place))) return pages.over(place, 'interaction')
    return pages.form(place, { email: '', error: null, status: 200 })
  })

  app.post('/sign-in/:uid', sameForAll, async (request, reply) => {
    const place = placeOf(request, reply)
    if (!(await interactions.isHere(place))) return pages.over(place, 'interaction')
    return askForLink(options, place)
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
