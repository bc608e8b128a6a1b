import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Consents } from '../../oauth/consents.ts'
import type { Interactions, PendingInteraction } from '../sign-in/interactions.ts'
import type { Place, SignInPages } from '../sign-in/pages.ts'
import { placeOf } from '../sign-in/schemas.ts'
import { describeScopes } from './scopes.ts'

interface Options {
  readonly interactions: Interactions
  readonly consents: Consents
  readonly pages: SignInPages
  readonly page: PageRenderer
}

const sameForAll = { config: { handshake: 'never' } } as const
const form = z.object({ answer: z.enum(['yes', 'no']) })

/** Whether an app of somebody else is let in. Our own apps never come here. */
export async function consentRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { interactions, consents, pages, page } = options

  function show(place: Place, pending: PendingInteraction, status: number) {
    const { client, account, missingScopes, redirectUri } = pending
    return page(place.request, place.reply.header('referrer-policy', 'no-referrer'), {
      template: 'pages/consent',
      title: `Let ${client?.name ?? 'this app'} in?`,
      isPrivate: true,
      status,
      data: {
        uid: place.uid,
        client: { ...client, host: hostOf(redirectUri) },
        account,
        scopes: describeScopes(['openid', ...missingScopes], client?.isLasting ?? false),
      },
    })
  }

  app.get('/consent/:uid', sameForAll, async (request, reply) => {
    const place = placeOf(request, reply)
    const pending = await interactions.find(place)
    if (pending?.prompt !== 'consent') return pages.over(place, 'interaction')
    return show(place, pending, 200)
  })

  app.post('/consent/:uid', sameForAll, async (request, reply) => {
    const place = placeOf(request, reply)
    const pending = await interactions.find(place)
    if (pending?.prompt !== 'consent') return pages.over(place, 'interaction')
    const { data } = form.safeParse(request.body)
    if (!data) return show(place, pending, 400)
    if (data.answer === 'no') {
      const error = { error: 'access_denied', error_description: 'the member said no' }
      return interactions.end(place, error)
    }
    return interactions.end(place, { consent: { grantId: await consents.give(request, reply) } })
  })
}

/** Of an app on the web; an app on a phone has no host that would say anything. */
function hostOf(redirectUri: string | undefined): string | null {
  const url = URL.parse(redirectUri ?? '')
  return url?.protocol === 'https:' ? url.host : null
}
