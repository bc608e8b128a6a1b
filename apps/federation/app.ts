import { fileURLToPath } from 'node:url'
import { createAppShell } from '@rose-ash/shared/infrastructure/app/create-app'
import type { AppDependencies } from '@rose-ash/shared/infrastructure/app/dependencies'
import type { RunnableApp } from '@rose-ash/shared/infrastructure/app/run-server'
import { createAccountNavItem } from './routes/fragments/account-nav-item.ts'
import { createNavItem } from './routes/fragments/nav-item.ts'
import { memberRoutes } from './routes/members/routes.ts'

const templates = fileURLToPath(new URL('./templates', import.meta.url))

/** The federation service: every route it has is registered here, by name. */
export async function createFederationApp(dependencies: AppDependencies): Promise<RunnableApp> {
  const { services } = dependencies
  const { app, page } = await createAppShell(dependencies, {
    templates,
    fragments: (render) => ({
      'nav-item': createNavItem({ render }),
      'account-nav-item': createAccountNavItem({ render, federation: services.federation }),
    }),
  })
  await app.register(memberRoutes, { page })
  return { app }
}
