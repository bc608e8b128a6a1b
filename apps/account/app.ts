import { fileURLToPath } from 'node:url'
import { createAppShell } from '@rose-ash/shared/infrastructure/app/create-app'
import type { AppDependencies } from '@rose-ash/shared/infrastructure/app/dependencies'
import type { RunnableApp } from '@rose-ash/shared/infrastructure/app/run-server'
import { createMailer } from '@rose-ash/shared/infrastructure/mail/mailer'
import { createNoticeMail } from '@rose-ash/shared/infrastructure/mail/notice-mail'
import { appRoutes } from './routes/apps/routes.ts'
import { dashboardRoutes } from './routes/dashboard/routes.ts'
import { deviceRoutes } from './routes/devices/routes.ts'
import { emailRoutes } from './routes/email/routes.ts'
import { createAuthMenu } from './routes/fragments/auth-menu.ts'
import { createNavItem } from './routes/fragments/nav-item.ts'
import { profileRoutes } from './routes/profile/routes.ts'
import { roleRoutes } from './routes/roles/routes.ts'
import { createEmailChanges } from './services/email-changes.ts'

const templates = fileURLToPath(new URL('./templates', import.meta.url))

/** The account service: every route it has is registered here, by name. */
export async function createAccountApp(dependencies: AppDependencies): Promise<RunnableApp> {
  const { config, connection, services } = dependencies
  const { app, page, render, identity } = await createAppShell(dependencies, {
    templates,
    fragments: (render) => ({
      'nav-item': createNavItem({ render }),
      'auth-menu': createAuthMenu({
        render,
        account: services.account,
        federation: services.federation,
        publicUrls: config.publicUrls,
      }),
    }),
  })
  const { database } = connection
  await app.register(dashboardRoutes, { database, page })
  await app.register(profileRoutes, { page })
  await app.register(appRoutes, { page })
  const mailer = createMailer(config)
  await app.register(emailRoutes, {
    changes: createEmailChanges({ database, cache: dependencies.cache }),
    sendMail: createNoticeMail({ config, render, mailer }),
    identity,
    page,
  })
  await app.register(deviceRoutes, { database, identity, page })
  await app.register(roleRoutes, { identity, page })
  return { app }
}
