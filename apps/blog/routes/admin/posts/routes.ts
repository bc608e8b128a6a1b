import type { BundledFiles } from '@rose-ash/editor/bundled-files'
import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { blankDocument } from '../../../services/documents/lexical.ts'
import type { GraphAccess } from '../../../services/graph/open-graph.ts'
import { namesInForm } from '../../../services/posts/form-names.ts'
import type { PostWriter } from '../../../services/posts/post-writer.ts'
import {
  blankContent,
  findPost,
  type PostRow,
  readContent,
} from '../../../services/posts/read-content.ts'
import type { ShownPost } from './describe-form.ts'
import { askedPosts, findPosts } from './find-posts.ts'
import { createFormPage, unsaved } from './form-page.ts'
import { editedPost, requireEditor } from './permissions.ts'
import { createFormSaving } from './save-form.ts'
import { readSentForm } from './sent-form.ts'

interface Options {
  readonly page: PageRenderer
  readonly graph: GraphAccess
  readonly writer: PostWriter
  /** The editor's. */
  readonly files: BundledFiles
}

/** A form that takes whole texts is larger than others. */
const bodyLimit = 8 * 1024 * 1024

/** Posts and pages for editors: found, written, scheduled, given their types and what those ask for. */
export async function postAdminRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { page, graph: access, writer, files } = options
  const { timeZone } = app.config.platform
  const show = createFormPage({ page, graph: access, files, timeZone })
  const save = createFormSaving({ graph: access, writer, show, timeZone })

  app.get('/admin/posts/', async (request, reply) => {
    requirePermission(request, 'posts.edit')
    const { database } = await access.open()
    return page(request, reply, {
      template: 'pages/admin/posts',
      title: 'Posts',
      isPrivate: true,
      data: await findPosts(database, askedPosts(request.query)),
    })
  })

  for (const kind of ['post', 'page'] as const) {
    const url = kind === 'post' ? '/admin/posts/new' : '/admin/posts/new-page'
    app.get(url, async (request, reply) => {
      requirePermission(request, 'posts.edit')
      const content = { ...blankContent, lexical: blankDocument }
      return show(request, reply, { ...unsaved, type: kind, content })
    })
    app.post(url, { bodyLimit }, async (request, reply) => {
      requirePermission(request, 'posts.edit')
      // It is there already when the form was sent before and the answer was lost.
      const { new_id: newId } = readSentForm(request.body)
      const row = newId && (await findPost((await access.open()).database, newId))
      return save(request, reply, { row: row || undefined, type: row ? row.type : kind, newId })
    })
  }

  app.get('/admin/posts/:id/', async (request, reply) => {
    requireEditor(request)
    return show(request, reply, await readShown(await getRow(request)))
  })

  app.post('/admin/posts/:id/', { bodyLimit }, async (request, reply) => {
    requireEditor(request)
    const row = await getRow(request)
    return save(request, reply, { row, type: row.type })
  })

  async function getRow(request: FastifyRequest) {
    const { database } = await access.open()
    const row = await findPost(database, editedPost(request))
    if (!row) throw new NotFoundError('There is no such post.')
    return row
  }

  async function readShown(row: PostRow & { readonly type: 'post' | 'page' }): Promise<ShownPost> {
    const graph = await access.open()
    const content = await readContent(graph.database, graph.store, row)
    const names = await namesInForm(graph.database, row.id)
    return { ...unsaved, id: row.id, type: row.type, row, content, ...names }
  }
}
