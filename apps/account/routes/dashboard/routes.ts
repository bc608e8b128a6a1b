import type { FragmentRequest } from '@rose-ash/shared/infrastructure/fragments/client'
import { requireUser } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance } from 'fastify'
import type { Database } from '../../models/index.ts'
import { listDevices } from '../devices/queries.ts'
import { describeHolders } from '../roles/describe-holders.ts'

interface Options {
  readonly database: Database
  readonly page: PageRenderer
}

/** What other services put into the account's own menu. */
export const accountNavigation = {
  ordersLink: { provider: 'cart', type: 'account-nav-item' },
  eventsLink: { provider: 'events', type: 'account-nav-item' },
  profileLink: { provider: 'federation', type: 'account-nav-item' },
} as const satisfies Record<string, FragmentRequest>

/** `/`: everything about one member at a glance. */
export async function dashboardRoutes(
  app: FastifyInstance,
  { database, page }: Options,
): Promise<void> {
  app.get('/', async (request, reply) => {
    const user = requireUser(request)
    const [cart, profile, devices, upcoming, roles] = await Promise.all([
      app.services.cart.summary({ userId: user.id }),
      app.services.federation.findProfileByUser(user.id),
      listDevices(database, user.id),
      app.services.events.upcomingEntries(3),
      describeHolders([user], { blog: app.services.blog, ownId: user.id }),
    ])
    return page(request, reply, {
      template: 'pages/dashboard',
      title: 'Your account',
      isPrivate: true,
      data: {
        current: 'dashboard',
        cart,
        profile: profile ?? null,
        deviceCount: devices.length,
        upcoming,
        roles,
      },
      fragments: accountNavigation,
    })
  })
}
