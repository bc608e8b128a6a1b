import { fileURLToPath } from 'node:url'
import { createAppShell } from '@rose-ash/shared/infrastructure/app/create-app'
import type { AppDependencies } from '@rose-ash/shared/infrastructure/app/dependencies'
import type { RunnableApp } from '@rose-ash/shared/infrastructure/app/run-server'
import { createFormats } from '@rose-ash/shared/infrastructure/view/format'
import { createContainerNav } from './routes/fragments/container-nav.ts'
import { createLinkCard } from './routes/fragments/link-card.ts'
import { createNavItem } from './routes/fragments/nav-item.ts'
import { listingRoutes } from './routes/listing/routes.ts'
import { productRoutes } from './routes/product/routes.ts'

const templates = fileURLToPath(new URL('./templates', import.meta.url))

/** The market service: every route it has is registered here, by name. */
export async function createMarketApp(dependencies: AppDependencies): Promise<RunnableApp> {
  const { market, cart, relations } = dependencies.services
  const { publicUrls, platform } = dependencies.config
  const publicUrl = publicUrls.market
  const formats = createFormats(platform)
  const { app, page, identity } = await createAppShell(dependencies, {
    templates,
    fragments: (render) => ({
      'nav-item': createNavItem({ render }),
      'container-nav': createContainerNav({ render, market, relations, publicUrl }),
      'link-card': createLinkCard({ render, market, publicUrl, formats }),
    }),
  })
  await app.register(listingRoutes, { market, page, formats })
  await app.register(productRoutes, { market, cart, identity, page, publicUrl, formats })
  return { app }
}
