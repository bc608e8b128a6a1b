import { fileURLToPath } from 'node:url'
import { createAppShell } from '@rose-ash/shared/infrastructure/app/create-app'
import type { AppDependencies } from '@rose-ash/shared/infrastructure/app/dependencies'
import type { RunnableApp } from '@rose-ash/shared/infrastructure/app/run-server'
import type { LexicalDocument } from '../../../services/documents/lexical.ts'
import { describeEditor } from '../../../services/editing/describe-editor.ts'
import { createBundledFiles } from '../../../services/editing/editor-files.ts'
import type { EmbedProvider } from '../../../services/editing/embed-providers.ts'
import { createPictureQueue } from '../../../services/editing/picture-queue.ts'
import { createGraphAccess } from '../../../services/graph/open-graph.ts'
import { editorContentPolicy } from './editor-content-policy.ts'
import { editorRoutes } from './routes.ts'

const templates = fileURLToPath(new URL('../../../templates', import.meta.url))
const postId = '3f0f2f4e-7c1b-4a57-8f2e-0d9a5b1c7e11'

/** A post that lives only in a test: its form holds the title and the editor, and remembers. */
export interface TestPost {
  title: string
  document: LexicalDocument | undefined
  version: number
  /** What the form sent, the last time it did. */
  sent: Readonly<Record<string, string>>
  /** What the next automatic save is answered. Undefined: it works. */
  refusal: { readonly status: number; readonly body: object } | undefined
}

export function createTestPost(document?: LexicalDocument): TestPost {
  return { title: 'Harbour', document, version: 1, sent: {}, refusal: undefined }
}

/** The editor's routes, and a page with one form around the editor. */
export async function createEditorApp(
  dependencies: AppDependencies,
  post: TestPost = createTestPost(),
  providers?: readonly EmbedProvider[],
): Promise<RunnableApp> {
  const { connection, outgoing } = dependencies
  const { app, page, render } = await createAppShell(dependencies, {
    templates,
    acceptsUploads: true,
    fragments: () => ({}),
  })
  const { database } = connection
  const { config, jobs, log } = dependencies
  const files = createBundledFiles()
  const graph = createGraphAccess({ connection, log })
  app.addHook('onClose', () => graph[Symbol.asyncDispose]())
  const pictures = createPictureQueue({ jobs, mediaFolder: config.mediaFolder })
  await app.register(editorRoutes, {
    database,
    page,
    graph,
    files,
    pictures,
    outgoing,
    ...(providers && { providers }),
  })

  app.get('/admin/test-post/', async (_request, reply) => {
    editorContentPolicy(reply)
    const editor = describeEditor({
      document: post.document,
      post: { id: postId, version: post.version },
      files,
    })
    return reply.type('text/html').send(`<!doctype html><html lang="en"><head><title>Form</title>
      <script src="${dependencies.assets.pathOf('theme.js')}"></script>
      <link rel="stylesheet" href="${dependencies.assets.pathOf('site.css')}"></head>
      <body><main class="shell"><h1>Form</h1>
      <form method="post" action="/admin/test-post/" data-autosave-url="/admin/test-post/" data-autosave-seconds="0.3">
      <label>Title <input name="title" value="${post.title}"></label>
      <input type="hidden" name="version" value="${post.version}">
      ${render('partials/post-editor', { editor })}
      <button name="action" value="save">Save</button></form></main></body></html>`)
  })
  app.post('/admin/test-post/', async (request, reply) => {
    const sent = { ...(request.body as Record<string, string>) }
    const isAutomatic = sent['autosave'] === '1'
    if (isAutomatic && post.refusal) {
      return reply.code(post.refusal.status).send(post.refusal.body)
    }
    post.sent = sent
    post.version += 1
    post.title = sent['title'] ?? ''
    if (sent['lexical']) post.document = JSON.parse(sent['lexical']) as LexicalDocument
    if (isAutomatic) return { version: post.version, url: '/admin/test-post/' }
    return reply.redirect('/admin/test-post/', 303)
  })
  return { app, registerJobs: () => pictures.work() }
}
