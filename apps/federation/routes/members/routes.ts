import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import { initialOf } from '@rose-ash/shared/infrastructure/view/initial'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance } from 'fastify'

const shownMembers = 200

/** `/`: the members who show themselves. `/@<username>`: one of them. */
export async function memberRoutes(
  app: FastifyInstance,
  { page }: { readonly page: PageRenderer },
): Promise<void> {
  const host = new URL(app.config.publicUrls.federation).host

  app.get('/', async (request, reply) => {
    const profiles = await app.services.federation.listProfiles({ limit: shownMembers })
    return page(request, reply, {
      template: 'pages/members',
      title: 'People',
      description: `The members of ${app.config.platform.name} who show themselves here.`,
      canonicalPath: '/',
      data: {
        members: profiles.map((profile) => ({
          ...profile,
          initial: initialOf(profile.displayName),
        })),
      },
    })
  })

  app.get<{ Params: { username: string } }>('/@:username', async (request, reply) => {
    const profile = await app.services.federation.findProfileByUsername(request.params.username)
    if (!profile) throw new NotFoundError('Nobody here goes by that name.')
    return page(request, reply, {
      template: 'pages/member',
      title: profile.displayName,
      ...(profile.summary ? { description: profile.summary } : {}),
      ...(profile.avatar ? { image: profile.avatar } : {}),
      canonicalPath: profile.path,
      data: {
        member: {
          ...profile,
          initial: initialOf(profile.displayName),
          handle: `@${profile.username}@${host}`,
          isOwn: profile.userId === request.user?.id,
        },
      },
    })
  })
}
