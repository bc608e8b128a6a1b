import type { ActorAddresses } from '@rose-ash/shared/activitypub/addresses'
import type { FediverseModeration } from '@rose-ash/shared/activitypub/moderation'
import { InvalidInputError, NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { RemoteAuthor } from '@rose-ash/shared/contracts/remote-comments'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

interface Options {
  readonly page: PageRenderer
  readonly moderation: FediverseModeration
  /** As others know the blog. */
  readonly actor: ActorAddresses
}

const listUrl = '/admin/fediverse/'

/** By a comment of theirs, or by what they are called. */
const blocked = z.union([
  z.object({ account: z.uuid() }),
  z.object({ server: z.uuid() }),
  z.object({ host: z.string().trim().toLowerCase().max(300) }),
])
const unblocked = z.union([
  z.object({ uri: z.string().min(1).max(2000) }),
  z.object({ host: z.string().min(1).max(300) }),
])

/** Whom nothing is taken from. For moderators of other servers. */
export async function fediverseAdminRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { page, moderation, actor } = options
  const { comments } = app.services

  app.get(listUrl, async (request, reply) => {
    requirePermission(request, 'federation.moderate')
    const { accounts, servers } = await moderation.listBlocks()
    const counts = await moderation.counts()
    return page(request, reply, {
      template: 'pages/admin/fediverse',
      title: 'Fediverse',
      isPrivate: true,
      data: { handle: actor.handle, counts, accounts, servers },
    })
  })

  app.post(`${listUrl}blocks`, async (request, reply) => {
    const by = requirePermission(request, 'federation.moderate')
    const whom = await findBlocked(request.body)
    const hidden = await moderation.block(whom, by)
    const name = 'host' in whom ? whom.host : whom.authorUrl
    const took = hidden === 1 ? ' One comment is hidden.' : ` ${hidden} comments are hidden.`
    addNotice(reply, {
      tone: 'success',
      text: `${name} is blocked.${hidden > 0 ? took : ''}`,
    })
    return reply.redirect(listUrl, 303)
  })

  app.post(`${listUrl}blocks/remove`, async (request, reply) => {
    requirePermission(request, 'federation.moderate')
    const parsed = unblocked.safeParse(request.body ?? {})
    if (!parsed.success) throw new InvalidInputError('That form was not one of this page.')
    const { data } = parsed
    await moderation.unblock('host' in data ? data : { authorUrl: data.uri })
    const name = 'host' in data ? data.host : data.uri
    addNotice(reply, { tone: 'success', text: `${name} is blocked no longer.` })
    return reply.redirect(listUrl, 303)
  })

  async function findBlocked(body: unknown): Promise<RemoteAuthor> {
    const parsed = blocked.safeParse(body ?? {})
    if (!parsed.success) throw new InvalidInputError('That form was not one of this page.')
    const { data } = parsed
    if ('host' in data) return { host: readHost(data.host) }
    const author = await comments.findRemoteAuthor('account' in data ? data.account : data.server)
    if (!author) throw new NotFoundError('That comment is from no other server.')
    return 'account' in data ? { authorUrl: author.url } : { host: new URL(author.url).host }
  }

  function readHost(sent: string): string {
    const url = URL.parse(sent.includes('://') ? sent : `https://${sent.replace(/^.*@/, '')}`)
    if (!url?.hostname.includes('.') || url.host === actor.host) {
      throw new InvalidInputError('Please name another server: social.example.org')
    }
    return url.host
  }
}
