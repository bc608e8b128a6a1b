import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import { eq } from 'drizzle-orm'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { posts } from '../../../models/index.ts'
import { loadRenderer } from '../../../services/documents/load-renderer.ts'
import type { DocumentRenderer } from '../../../services/documents/render.ts'
import { deletePost } from '../../../services/graph/delete-post.ts'
import { readFieldValues } from '../../../services/graph/field-values.ts'
import { findMarkdown } from '../../../services/graph/markdown-body.ts'
import { objectName, parseName } from '../../../services/graph/names.ts'
import type { Graph, GraphAccess } from '../../../services/graph/open-graph.ts'
import { savePost } from '../../../services/graph/save-post.ts'
import { postUrl } from '../addresses.ts'
import { describeForm, type ShownPost } from './describe-form.ts'
import { findPosts } from './find-posts.ts'

interface Options {
  readonly page: PageRenderer
  readonly graph: GraphAccess
}

const params = z.object({ id: z.uuid() })
const asked = z.object({
  q: z.string().max(200).catch(''),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
})
const manyTexts = z.union([z.string().transform((one) => [one]), z.array(z.string())]).catch([])
const posted = z.looseObject({
  title: z.string().max(300).catch(''),
  markdown: z.string().max(1_000_000).optional(),
  type: manyTexts,
  published: z.string().optional(),
  action: z.string().optional(),
})

const blank: ShownPost = {
  id: undefined,
  title: '',
  markdown: '',
  types: [],
  isPublished: false,
  values: {},
  messages: [],
  problems: [],
}

/** Posts for editors: found, written in Markdown, given their types and what those ask for. */
export async function postAdminRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { page } = options
  let renderer: Promise<DocumentRenderer> | undefined
  const getRenderer = () => (renderer ??= loadRenderer())

  app.get('/admin/posts/', async (request, reply) => {
    requirePermission(request, 'posts.edit')
    const { database } = await options.graph.open()
    return page(request, reply, {
      template: 'pages/admin/posts',
      title: 'Posts',
      isPrivate: true,
      data: await findPosts(database, asked.parse(request.query)),
    })
  })

  app.get('/admin/posts/new', async (request, reply) => {
    requirePermission(request, 'posts.edit')
    return send(request, reply, blank)
  })

  app.get('/admin/posts/:id/', async (request, reply) => {
    requireEditor(request)
    const graph = await options.graph.open()
    return send(request, reply, await readPost(graph, idOf(request)))
  })

  app.post('/admin/posts/new', (request, reply) => {
    requirePermission(request, 'posts.edit')
    return save(request, reply, undefined)
  })
  app.post('/admin/posts/:id/', (request, reply) => {
    requireEditor(request)
    return save(request, reply, idOf(request))
  })

  app.post('/admin/posts/:id/delete', async (request, reply) => {
    requireEditor(request)
    const isDeleted = await deletePost(await options.graph.open(), idOf(request))
    if (!isDeleted) throw new NotFoundError('There is no such post.')
    addNotice(reply, { tone: 'success', text: 'The post is deleted.' })
    return reply.redirect('/admin/posts/', 303)
  })

  async function save(request: FastifyRequest, reply: FastifyReply, id: string | undefined) {
    const form = posted.parse(request.body ?? {})
    const graph = await options.graph.open()
    const known = id === undefined ? blank : await readPost(graph, id)
    const isFieldUpdate = form.action === 'fields'
    const markdown =
      known.markdown === undefined ? undefined : form.markdown?.replaceAll('\r\n', '\n')
    const draft = {
      id,
      title: form.title,
      markdown: known.markdown === undefined ? undefined : (markdown ?? ''),
      types: form.type,
      isPublished: form.published === 'on',
    }
    const shown = { ...known, ...draft, values: typedValues(form) }
    if (isFieldUpdate) return send(request, reply, shown)
    const result = await savePost(graph, await getRenderer(), { ...draft, form })
    if (result.status === 'refused') return send(request, reply, { ...shown, ...result })
    addNotice(reply, { tone: 'success', text: 'Saved.' })
    return reply.redirect(postUrl(result.id), 303)
  }

  async function send(request: FastifyRequest, reply: FastifyReply, post: ShownPost) {
    const graph = await options.graph.open()
    return page(request, reply, {
      template: 'pages/admin/post-form',
      title: post.id ? post.title : 'New post',
      isPrivate: true,
      status: post.messages.length + post.problems.length > 0 ? 422 : 200,
      data: await describeForm(graph, post),
    })
  }
}

/** Of the whole site, or of this page alone. */
function requireEditor(request: FastifyRequest): void {
  const { data } = params.safeParse(request.params)
  requirePermission(request, 'posts.edit', data && { type: 'page', id: data.id })
}

function idOf(request: FastifyRequest): string {
  const parsed = params.safeParse(request.params)
  if (!parsed.success) throw new NotFoundError('There is no such post.')
  return parsed.data.id
}

/** As they were sent, so that nothing that was typed is lost. */
function typedValues(form: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(form)
      .filter(([name]) => name.startsWith('field-'))
      .map(([name, value]) => [name.slice('field-'.length), value]),
  )
}

async function readPost(graph: Graph, id: string): Promise<ShownPost> {
  const [row] = await graph.database.select().from(posts).where(eq(posts.id, id))
  if (!row || row.type === 'type' || row.type === 'relation')
    throw new NotFoundError('There is no such post.')
  const object = objectName('post', id)
  const types = (await graph.edges.targets(object, 'is-a')).flatMap((name) => {
    const parsed = parseName(name)
    return parsed?.kind === 'type' ? [parsed.slug] : []
  })
  return {
    ...blank,
    id,
    title: row.title,
    markdown: findMarkdown(row.lexical),
    types,
    isPublished: row.status === 'published',
    values: await readFieldValues(graph.store, object),
  }
}
