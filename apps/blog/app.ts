import { fileURLToPath } from 'node:url'
import { createActorAddresses } from '@rose-ash/shared/activitypub/addresses'
import { createAppShell } from '@rose-ash/shared/infrastructure/app/create-app'
import type { AppDependencies } from '@rose-ash/shared/infrastructure/app/dependencies'
import type { RunnableApp } from '@rose-ash/shared/infrastructure/app/run-server'
import { deriveKey } from '@rose-ash/shared/infrastructure/keys'
import { createDocumentCache } from '@rose-ash/shared/infrastructure/view/kept-document'
import { authorAdminRoutes } from './routes/admin/authors/routes.ts'
import { commentAdminRoutes } from './routes/admin/comments/routes.ts'
import { datalogRoutes } from './routes/admin/datalog/routes.ts'
import { editorRoutes } from './routes/admin/editor/routes.ts'
import { exportRoutes } from './routes/admin/export/routes.ts'
import { fediverseAdminRoutes } from './routes/admin/fediverse/routes.ts'
import { createForgetAll } from './routes/admin/forget-all.ts'
import { ghostAdminRoutes } from './routes/admin/ghost/routes.ts'
import { adminHomeRoute } from './routes/admin/home.ts'
import { importRoutes } from './routes/admin/import/routes.ts'
import { integrationRoutes } from './routes/admin/integrations/routes.ts'
import { metamodelRoutes } from './routes/admin/metamodel/routes.ts'
import { navigationRoutes } from './routes/admin/navigation/routes.ts'
import { objectRoutes } from './routes/admin/objects/routes.ts'
import { bulkRoutes } from './routes/admin/posts/bulk-routes.ts'
import { postAdminRoutes } from './routes/admin/posts/routes.ts'
import { queryAdminRoutes } from './routes/admin/queries/routes.ts'
import { revisionRoutes } from './routes/admin/revisions/routes.ts'
import { siteAdminRoutes } from './routes/admin/site/routes.ts'
import { tagAdminRoutes } from './routes/admin/tags/routes.ts'
import { archiveRoutes } from './routes/archive/routes.ts'
import { commentRoutes } from './routes/comments/routes.ts'
import { contentApiRoutes } from './routes/content-api/routes.ts'
import { fediverseRoutes } from './routes/fediverse/routes.ts'
import { feedRoutes } from './routes/feeds/routes.ts'
import { createFooter } from './routes/fragments/footer.ts'
import { createLinkCard } from './routes/fragments/link-card.ts'
import { createNavItem } from './routes/fragments/nav-item.ts'
import { createNavTree } from './routes/fragments/nav-tree.ts'
import { ghostWebhookRoutes } from './routes/ghost-webhooks/routes.ts'
import { goRoutes } from './routes/go/routes.ts'
import { likeRoutes } from './routes/likes/routes.ts'
import { listRoutes } from './routes/lists/routes.ts'
import { mailRoutes } from './routes/mails/routes.ts'
import { movedRoutes } from './routes/moved/routes.ts'
import { oembedRoutes } from './routes/oembed/routes.ts'
import { postRoutes } from './routes/posts/routes.ts'
import { previewRoutes } from './routes/preview/routes.ts'
import { listPageRoutes } from './routes/queries/routes.ts'
import { relateRoutes } from './routes/relate/routes.ts'
import { searchRoutes } from './routes/search/routes.ts'
import { sitemapRoutes } from './routes/sitemap/routes.ts'
import { createMailAboutComments } from './services/comment-mails/comment-mail-job.ts'
import { createCommentMails } from './services/comment-mails/create-comment-mails.ts'
import { createBundledFiles } from './services/editing/editor-files.ts'
import { createPictureQueue } from './services/editing/picture-queue.ts'
import { createExportQueue } from './services/export/export-queue.ts'
import { createBlogFediverse } from './services/fediverse/create-blog-fediverse.ts'
import { createTellFediverse } from './services/fediverse/tell-fediverse.ts'
import { createGhostSyncQueue } from './services/ghost-sync/sync-queue.ts'
import { createUploadQueue } from './services/ghost/upload-queue.ts'
import { createGraphAccess } from './services/graph/open-graph.ts'
import { createRebuildNavigation } from './services/navigation/rebuild-navigation.ts'
import { createForgetObjects, createForgetPages } from './services/posts/forget-pages.ts'
import { createPostWriter } from './services/posts/post-writer.ts'
import { createPreviewLinks } from './services/posts/preview-links.ts'
import { createRefreshWords, workOnWords } from './services/search/refresh-words.ts'
import { createWebhookSender, workOnWebhooks } from './services/webhooks/create-webhook-sender.ts'
import { createTellWebhooks } from './services/webhooks/tell-webhooks.ts'

const templates = fileURLToPath(new URL('./templates', import.meta.url))

/** The blog: every route it has is registered here, by name. */
export async function createBlogApp(dependencies: AppDependencies): Promise<RunnableApp> {
  const { cache, config, connection, jobs, log, services } = dependencies
  const { blog } = services
  const publicUrl = config.publicUrls.blog
  const { app, page, pageCache, render } = await createAppShell(dependencies, {
    templates,
    acceptsUploads: true,
    fragments: (render) => ({
      'nav-item': createNavItem({ render }),
      'nav-tree': createNavTree({ render, blog }),
      footer: createFooter({ render, blog, publicUrl }),
      'link-card': createLinkCard({ render, blog, publicUrl }),
    }),
  })
  const { database } = connection
  const { name, language } = config.platform
  const actor = createActorAddresses('blog', publicUrl)
  const home = { url: publicUrl, name, language, actor }
  const onChange = createForgetObjects(cache, log)
  const graph = createGraphAccess({ connection, log, onChange })
  app.addHook('onClose', () => graph[Symbol.asyncDispose]())
  const writer = createPostWriter({ graph, cache, jobs, relations: services.relations })
  const previewLinks = createPreviewLinks(deriveKey(config.secretKey, 'previews'))
  const { timeZone } = config.platform
  const uploads = createUploadQueue({
    database,
    mediaFolder: config.mediaFolder,
    log,
    jobs,
    timeZone,
  })
  const pictures = createPictureQueue({ jobs, mediaFolder: config.mediaFolder })
  const editorFiles = createBundledFiles()
  await app.register(importRoutes, { database, page, uploads })
  const { outgoing, secrets } = dependencies
  const { mediaFolder } = config
  const syncs = createGhostSyncQueue({ database, outgoing, secrets, cache, mediaFolder, log, jobs })
  await app.register(ghostAdminRoutes, { database, page, syncs, access: { outgoing, secrets } })
  await app.register(ghostWebhookRoutes, { database, secrets, enqueue: syncs.readLater })
  const exports = createExportQueue({ database, config, log, jobs })
  await app.register(exportRoutes, { database, page, exports })
  await app.register(datalogRoutes, { page })
  await app.register(editorRoutes, {
    database,
    page,
    graph,
    files: editorFiles,
    pictures,
    outgoing: dependencies.outgoing,
  })
  await app.register(postAdminRoutes, { page, graph, writer, files: editorFiles })
  await app.register(bulkRoutes, { writer })
  await app.register(revisionRoutes, { page, graph, writer })
  await app.register(previewRoutes, {
    database,
    page,
    graph,
    render,
    links: previewLinks,
    site: home,
  })
  await app.register(adminHomeRoute)
  await app.register(objectRoutes, { page, graph })
  await app.register(queryAdminRoutes, { page, graph })
  await app.register(listPageRoutes, { page, graph })
  await app.register(async (scope) => {
    scope.addHook('onSend', createForgetAll(cache))
    await scope.register(metamodelRoutes, { page, graph })
  })
  await app.register(navigationRoutes, { database, page, blog, cache })
  await app.register(goRoutes, { blog })
  const naming = { database, page, graph, cache: dependencies.cache }
  await app.register(tagAdminRoutes, naming)
  await app.register(authorAdminRoutes, naming)
  await app.register(siteAdminRoutes, { page, database, cache, blog })
  const documents = createDocumentCache({
    cache,
    app: config.app,
    ttlSeconds: config.pageCacheSeconds,
  })
  await app.register(feedRoutes, { graph, documents })
  await app.register(sitemapRoutes, { database, documents })
  await app.register(archiveRoutes, { database, pageCache })
  await app.register(oembedRoutes, { database })
  await app.register(searchRoutes, { database, page })
  await app.register(listRoutes, { database, pageCache, site: home })
  const webhooks = createWebhookSender(dependencies)
  await app.register(contentApiRoutes, { database })
  await app.register(integrationRoutes, { database, page, webhooks })
  const abroad = createBlogFediverse(dependencies, { graph, site: home })
  await app.register(fediverseRoutes, abroad)
  await app.register(commentRoutes, { page, render, actor })
  await app.register(likeRoutes, { render })
  const commentMails = createCommentMails(dependencies, render)
  await app.register(mailRoutes, { page, links: commentMails.links })
  await app.register(commentAdminRoutes, { page })
  await app.register(fediverseAdminRoutes, { page, actor, moderation: abroad.moderation })
  await app.register(relateRoutes, { graph, render })
  await app.register(postRoutes, {
    database,
    pageCache,
    graph,
    render,
    members: services.members,
    site: home,
    fediverse: abroad.fediverse,
  })
  await app.register(movedRoutes, { database })
  return {
    app,
    handlers: {
      'blog.forget-pages': createForgetPages(cache),
      'blog.refresh-search-words': createRefreshWords(jobs),
      'blog.rebuild-navigation': createRebuildNavigation(dependencies.cache),
      'blog.tell-fediverse': createTellFediverse(abroad.fediverse),
      'blog.tell-webhooks': createTellWebhooks(jobs),
      'blog.mail-about-comments': createMailAboutComments(jobs),
    },
    async registerJobs() {
      await uploads.work()
      await syncs.work()
      await exports.work()
      await pictures.work()
      await writer.work()
      await workOnWords(jobs, database)
      await workOnWebhooks(jobs, webhooks)
      await commentMails.work()
      await abroad.start()
    },
  }
}
