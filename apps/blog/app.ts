import { fileURLToPath } from 'node:url'
import { createAppShell } from '@rose-ash/shared/infrastructure/app/create-app'
import type { AppDependencies } from '@rose-ash/shared/infrastructure/app/dependencies'
import type { RunnableApp } from '@rose-ash/shared/infrastructure/app/run-server'
import { importRoutes } from './routes/admin/import/routes.ts'
import { createLinkCard } from './routes/fragments/link-card.ts'
import { createNavItem } from './routes/fragments/nav-item.ts'
import { createNavTree } from './routes/fragments/nav-tree.ts'
import { listRoutes } from './routes/lists/routes.ts'
import { movedRoutes } from './routes/moved/routes.ts'
import { postRoutes } from './routes/posts/routes.ts'
import { createUploadQueue } from './services/ghost/upload-queue.ts'

const templates = fileURLToPath(new URL('./templates', import.meta.url))

/** The blog: every route it has is registered here, by name. */
export async function createBlogApp(dependencies: AppDependencies): Promise<RunnableApp> {
  const { config, connection, jobs, log, services } = dependencies
  const { app, page } = await createAppShell(dependencies, {
    templates,
    acceptsUploads: true,
    fragments: (render) => ({
      'nav-item': createNavItem({ render }),
      'nav-tree': createNavTree({ render, blog: services.blog }),
      'link-card': createLinkCard({
        render,
        blog: services.blog,
        publicUrl: config.publicUrls.blog,
      }),
    }),
  })
  const { database } = connection
  const uploads = createUploadQueue({ database, mediaFolder: config.mediaFolder, log, jobs })
  await app.register(importRoutes, { database, page, uploads })
  await app.register(listRoutes, { database, page })
  await app.register(postRoutes, { database, page })
  await app.register(movedRoutes, { database })
  return { app, registerJobs: () => uploads.work() }
}
