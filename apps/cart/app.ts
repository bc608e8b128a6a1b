import { fileURLToPath } from 'node:url'
import { createAppShell } from '@rose-ash/shared/infrastructure/app/create-app'
import type { AppDependencies } from '@rose-ash/shared/infrastructure/app/dependencies'
import type { RunnableApp } from '@rose-ash/shared/infrastructure/app/run-server'
import { createNavItem } from './routes/fragments/nav-item.ts'

const templates = fileURLToPath(new URL('./templates', import.meta.url))

/** The cart service: every route it has is registered here, by name. */
export async function createCartApp(dependencies: AppDependencies): Promise<RunnableApp> {
  const { app } = await createAppShell(dependencies, {
    templates,
    fragments: (render) => ({ 'nav-item': createNavItem({ render }) }),
  })
  return { app }
}
