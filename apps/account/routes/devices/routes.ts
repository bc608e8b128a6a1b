import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { Identity } from '@rose-ash/shared/infrastructure/sessions/identity'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import { requireUser } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import { countryName } from '@rose-ash/shared/infrastructure/view/country-name'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Database } from '../../models/index.ts'
import { accountNavigation } from '../dashboard/routes.ts'
import { listDevices } from './queries.ts'

interface Options {
  readonly database: Database
  readonly identity: Identity
  readonly page: PageRenderer
}

const formSchema = z.object({ device: z.string().min(1).max(200) })

/** `/devices/`: where a member is signed in, and ending that. */
export async function deviceRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { database, identity, page } = options

  app.get('/devices/', async (request, reply) => {
    const devices = await listDevices(database, requireUser(request).id)
    const currentLogin = identity.loginIdOf(request)
    const { language } = app.config.platform
    const described = devices.map((device) => ({
      ...device,
      isCurrent: device.loginId === currentLogin,
      appNames: [...device.apps, ...device.otherApps].join(', '),
      place: [countryName(device.country, language), device.address].filter(Boolean).join(', '),
    }))
    return page(request, reply, {
      template: 'pages/devices',
      title: 'Your devices',
      isPrivate: true,
      data: {
        current: 'devices',
        devices: described.toSorted((a, b) => Number(b.isCurrent) - Number(a.isCurrent)),
        hasOthers: devices.some(({ loginId }) => loginId !== currentLogin),
      },
      fragments: accountNavigation,
    })
  })

  app.post('/devices/sign-out', async (request, reply) => {
    const form = formSchema.safeParse(request.body)
    const devices = await listDevices(database, requireUser(request).id)
    const device = devices.find(({ loginId }) => form.success && loginId === form.data.device)
    if (!device) throw new NotFoundError('That device is signed out already.')
    await app.services.federation.endLogin(device.loginId)
    addNotice(reply, { tone: 'success', text: 'That device is signed out.' })
    return reply.redirect('/devices/', 303)
  })

  app.post('/devices/sign-out-others', async (request, reply) => {
    const { id } = requireUser(request)
    const except = identity.loginIdOf(request)
    await app.services.federation.endUserLogins(id, except ? { except } : {})
    addNotice(reply, { tone: 'success', text: 'All other devices are signed out.' })
    return reply.redirect('/devices/', 303)
  })

  app.post('/devices/sign-out-all', async (request, reply) => {
    const { id } = requireUser(request)
    await identity.signOut(request, reply)
    await app.services.federation.endUserLogins(id)
    // Never to a page that needs a member: it would lead straight back in.
    return reply.redirect(`${app.config.publicUrls.blog}/`, 303)
  })
}
