import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import { may } from '@rose-ash/shared/contracts/permissions'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { isDocument } from '../../../services/documents/lexical.ts'
import { loadRenderer } from '../../../services/documents/load-renderer.ts'
import type { GraphAccess } from '../../../services/graph/open-graph.ts'
import type { PostWriter } from '../../../services/posts/post-writer.ts'
import { findPost, readContent } from '../../../services/posts/read-content.ts'
import {
  findRevision,
  findVersionBefore,
  listRevisions,
} from '../../../services/posts/revisions.ts'
import { postUrl } from '../addresses.ts'
import { editedPost, requireEditor } from '../posts/permissions.ts'

interface Options {
  readonly page: PageRenderer
  readonly graph: GraphAccess
  readonly writer: PostWriter
}

const pageSize = 50
const asked = z.object({
  before: z.coerce.number().int().positive().optional().catch(undefined),
  with: z.enum(['previous', 'now']).catch('previous'),
})
const params = z.object({ version: z.coerce.number().int().positive() })

const reasons = {
  save: 'Saved',
  autosave: 'Saved while writing',
  publish: 'Published',
  import: 'Before it was first changed here',
  restore: 'Put back',
} as const

/** Every version of a post: listed, compared, put back. */
export async function revisionRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { page, writer } = options

  app.get('/admin/posts/:id/revisions/', async (request, reply) => {
    requireEditor(request)
    const { before } = asked.parse(request.query)
    const { row, graph } = await open(request)
    const lines = await listRevisions(graph.database, row.id, { before, limit: pageSize + 1 })
    const base = `${postUrl(row.id)}revisions/`
    const last = lines[pageSize - 1]
    return page(request, reply, {
      template: 'pages/admin/revisions',
      title: `Earlier versions of ${row.title}`,
      isPrivate: true,
      data: {
        postTitle: row.title || 'Untitled',
        postUrl: postUrl(row.id),
        revisions: lines.slice(0, pageSize).map((line) => ({
          ...line,
          reason: reasons[line.reason],
          url: `${base}${line.version}/`,
          isCurrent: line.version === row.version,
        })),
        olderUrl: lines.length > pageSize && last ? `${base}?before=${last.version}` : null,
      },
    })
  })

  app.get('/admin/posts/:id/revisions/:version/', async (request, reply) => {
    requireEditor(request)
    const { row, graph } = await open(request)
    const version = versionOf(request)
    const content = await getContent(row.id, version)
    const query = asked.parse(request.query)
    const current = await readContent(graph.database, graph.store, row)
    const previous = await findVersionBefore(graph.database, row.id, version)
    const { compare } = await import('../../../services/revisions/compare.ts')
    const isWithNow = query.with === 'now' || previous === undefined
    const comparison =
      isWithNow || previous === undefined
        ? compare(content, current)
        : compare(await getContent(row.id, previous), content)
    const url = `${postUrl(row.id)}revisions/${version}/`
    return page(request, reply, {
      template: 'pages/admin/revision',
      title: `Version ${version} of ${row.title}`,
      isPrivate: true,
      data: {
        postTitle: row.title || 'Untitled',
        listUrl: `${postUrl(row.id)}revisions/`,
        url,
        version,
        isWithNow,
        isCurrent: version === row.version,
        hasPrevious: previous !== undefined,
        previous: previous ?? null,
        ...comparison,
        isSame: comparison.fields.length + comparison.blocks.filter(isChange).length === 0,
        currentVersion: row.version,
      },
    })
  })

  app.post('/admin/posts/:id/revisions/:version/', async (request, reply) => {
    const user = requireEditor(request)
    const { row } = await open(request)
    const version = versionOf(request)
    const content = await getContent(row.id, version)
    const document = isDocument(content.lexical) ? content.lexical : undefined
    const body = document && (await (await loadRenderer()).render(document))
    const result = await writer.save({
      id: row.id,
      type: row.type,
      // Whether it can be read is not put back with its words, nor is its address.
      content: {
        ...content,
        status: row.status === 'trashed' ? 'draft' : row.status,
        publishedAt: row.publishedAt?.toISOString() ?? null,
        slug: row.slug,
        // Nor is code, by who may not write any: an archive may have brought it.
        ...(!may(user.roles, 'posts.code') && { codeHead: row.codeHead, codeFoot: row.codeFoot }),
      },
      body,
      reason: 'restore',
      user,
    })
    if (result.status === 'refused') {
      const reason = result.messages[0] ?? result.problems[0]?.message ?? ''
      addNotice(reply, { tone: 'error', text: `It cannot be put back as it was: ${reason}` })
      return reply.redirect(`${postUrl(row.id)}revisions/${version}/`, 303)
    }
    addNotice(reply, {
      tone: 'success',
      text: `Version ${version} is put back. The one before is kept, too.`,
    })
    return reply.redirect(postUrl(row.id), 303)
  })

  async function open(request: FastifyRequest) {
    const graph = await options.graph.open()
    const row = await findPost(graph.database, editedPost(request))
    if (!row) throw new NotFoundError('There is no such post.')
    return { graph, row }
  }

  async function getContent(postId: string, version: number) {
    const { database } = await options.graph.open()
    const content = await findRevision(database, postId, version)
    if (!content) throw new NotFoundError('This version was not kept.')
    return content
  }
}

function versionOf(request: FastifyRequest): number {
  const parsed = params.safeParse(request.params)
  if (!parsed.success) throw new NotFoundError('There is no such version.')
  return parsed.data.version
}

function isChange({ kind }: { readonly kind: string }): boolean {
  return kind !== 'same'
}
