import { fileURLToPath } from 'node:url'
import { createAppShell } from '@rose-ash/shared/infrastructure/app/create-app'
import type { AppDependencies } from '@rose-ash/shared/infrastructure/app/dependencies'
import type { RunnableApp } from '@rose-ash/shared/infrastructure/app/run-server'
import { datalogRoutes } from './routes/admin/datalog/routes.ts'
import { importRoutes } from './routes/admin/import/routes.ts'
import { metamodelRoutes } from './routes/admin/metamodel/routes.ts'
import { objectRoutes } from './routes/admin/objects/routes.ts'
import { postAdminRoutes } from './routes/admin/posts/routes.ts'
import { queryAdminRoutes } from './routes/admin/queries/routes.ts'
import { createLinkCard } from './routes/fragments/link-card.ts'
import { createNavItem } from './routes/fragments/nav-item.ts'
import { createNavTree } from './routes/fragments/nav-tree.ts'
import { listRoutes } from './routes/lists/routes.ts'
import { movedRoutes } from './routes/moved/routes.ts'
import { postRoutes } from './routes/posts/routes.ts'
import { listPageRoutes } from './routes/queries/routes.ts'
import { createUploadQueue } from './services/ghost/upload-queue.ts'
import { createGraphAccess } from './services/graph/open-graph.ts'

const templates = fileURLToPath(new URL('./templates', import.meta.url))

/** The blog: every route it has is registered here, by name. */
export async function createBlogApp(dependencies: AppDependencies): Promise<RunnableApp> {
  const { config, connection, jobs, log, services } = dependencies
  const { app, page, render } = await createAppShell(dependencies, {
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
  const graph = createGraphAccess({ connection, log })
  app.addHook('onClose', () => graph[Symbol.asyncDispose]())
  const uploads = createUploadQueue({ database, mediaFolder: config.mediaFolder, log, jobs })
  await app.register(importRoutes, { database, page, uploads })
  await app.register(datalogRoutes, { page })
  await app.register(postAdminRoutes, { page, graph })
  await app.register(objectRoutes, { page, graph })
  await app.register(queryAdminRoutes, { page, graph })
  await app.register(listPageRoutes, { page, graph })
  await app.register(metamodelRoutes, { page, graph })
  await app.register(listRoutes, { database, page })
  await app.register(postRoutes, { database, page, graph, render })
  await app.register(movedRoutes, { database })
  return { app, registerJobs: () => uploads.work() }
}
