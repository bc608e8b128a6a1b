import { fileURLToPath } from 'node:url'
import { createAdoptCart } from '@rose-ash/shared/events/handlers/adopt-cart'
import { createAppShell } from '@rose-ash/shared/infrastructure/app/create-app'
import type { AppDependencies } from '@rose-ash/shared/infrastructure/app/dependencies'
import type { RunnableApp } from '@rose-ash/shared/infrastructure/app/run-server'
import { createFormats } from '@rose-ash/shared/infrastructure/view/format'
import { cartRoutes } from './routes/cart/routes.ts'
import { createAccountNavItem } from './routes/fragments/account-nav-item.ts'
import { createCartMini } from './routes/fragments/cart-mini.ts'
import { createNavItem } from './routes/fragments/nav-item.ts'

const templates = fileURLToPath(new URL('./templates', import.meta.url))

/** The cart service: every route it has is registered here, by name. */
export async function createCartApp(dependencies: AppDependencies): Promise<RunnableApp> {
  const { cart } = dependencies.services
  const { publicUrls, platform } = dependencies.config
  const { app, page, identity } = await createAppShell(dependencies, {
    templates,
    fragments: (render) => ({
      'nav-item': createNavItem({ render }),
      'cart-mini': createCartMini({ render, cart }),
      'account-nav-item': createAccountNavItem({ render }),
    }),
  })
  await app.register(cartRoutes, {
    cart,
    identity,
    page,
    formats: createFormats(platform),
    marketUrl: publicUrls.market,
  })
  return {
    app,
    handlers: { 'cart.adopt-on-sign-in': createAdoptCart(dependencies.cache) },
  }
}
