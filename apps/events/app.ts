import { fileURLToPath } from 'node:url'
import { createAppShell } from '@rose-ash/shared/infrastructure/app/create-app'
import type { AppDependencies } from '@rose-ash/shared/infrastructure/app/dependencies'
import type { RunnableApp } from '@rose-ash/shared/infrastructure/app/run-server'
import { createFormats } from '@rose-ash/shared/infrastructure/view/format'
import { calendarRoutes } from './routes/calendars/routes.ts'
import { entryRoutes } from './routes/entries/routes.ts'
import { createAccountNavItem } from './routes/fragments/account-nav-item.ts'
import { createContainerCards } from './routes/fragments/container-cards.ts'
import { createContainerNav } from './routes/fragments/container-nav.ts'
import { createLinkCard } from './routes/fragments/link-card.ts'
import { createNavItem } from './routes/fragments/nav-item.ts'
import { whatsOnRoutes } from './routes/whats-on/routes.ts'

const templates = fileURLToPath(new URL('./templates', import.meta.url))

/** The events service: every route it has is registered here, by name. */
export async function createEventsApp(dependencies: AppDependencies): Promise<RunnableApp> {
  const { events, blog, relations } = dependencies.services
  const { publicUrls, platform } = dependencies.config
  const publicUrl = publicUrls.events
  const formats = createFormats(platform)
  const { app, page } = await createAppShell(dependencies, {
    templates,
    fragments: (render) => ({
      'nav-item': createNavItem({ render }),
      'container-nav': createContainerNav({ render, events, relations, publicUrl }),
      'container-cards': createContainerCards({ render, events, formats, publicUrl }),
      'link-card': createLinkCard({ render, events, formats, publicUrl }),
      'account-nav-item': createAccountNavItem({ render }),
    }),
  })
  await app.register(whatsOnRoutes, { events, page, formats })
  await app.register(calendarRoutes, { events, page, formats })
  await app.register(entryRoutes, {
    events,
    blog,
    page,
    formats,
    publicUrl,
    platformZone: platform.timeZone,
  })
  return { app }
}
