import { ConflictError, NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { Cache } from '@rose-ash/shared/infrastructure/cache/cache'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import { eq } from 'drizzle-orm'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Database } from '../../../models/index.ts'
import type { GraphAccess } from '../../../services/graph/open-graph.ts'
import { type Consequences, readConsequences } from '../../../services/tags/consequences.ts'
import { deleteName, mergeNames } from '../../../services/tags/merge-names.ts'
import { type NameTable, pathOf } from '../../../services/tags/name-tables.ts'
import { idOf, namesChanged } from './schemas.ts'

interface Options {
  readonly database: Database
  readonly page: PageRenderer
  readonly graph: GraphAccess
  readonly cache: Pick<Cache, 'invalidateTags'>
  readonly table: NameTable
  readonly listUrl: string
  /** As texts call one. */
  readonly word: 'tag' | 'author'
}

const asked = z.object({ into: z.string().max(191).catch('') })
const confirmed = z.object({
  intoId: z.uuid().optional().catch(undefined),
  seenAt: z.string().catch(''),
})

/** Merging and deleting a tag or an author: what will happen is said first, and done when it is confirmed. */
export async function removalRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { database, page, graph, cache, table, listUrl, word } = options

  app.get(`${listUrl}:id/merge`, async (request, reply) => {
    requirePermission(request, 'posts.edit')
    const from = await get(idOf(request))
    const wanted = asked.parse(request.query).into.trim()
    const into = wanted === '' ? undefined : await findByName(wanted)
    const problem = problemOf({ from, into, wanted })
    return send(request, reply, { from, into: problem ? undefined : into, wanted, problem })
  })

  app.post(`${listUrl}:id/merge`, async (request, reply) => {
    requirePermission(request, 'posts.edit')
    const fromId = idOf(request)
    const { intoId, seenAt } = confirmed.parse(request.body ?? {})
    if (!intoId || intoId === fromId)
      throw new NotFoundError(`Choose another ${word} to merge this one into.`)
    await assertUnchanged(fromId, seenAt)
    const isDone = await mergeNames(await graph.open(), table, { fromId, intoId })
    if (!isDone) throw new ConflictError(`One of the two is not there any more.`)
    await cache.invalidateTags(namesChanged)
    addNotice(reply, { tone: 'success', text: `The two are one ${word} now.` })
    return reply.redirect(listUrl, 303)
  })

  app.get(`${listUrl}:id/delete`, async (request, reply) => {
    requirePermission(request, 'posts.edit')
    return send(request, reply, { from: await get(idOf(request)), isDeletion: true })
  })

  app.post(`${listUrl}:id/delete`, async (request, reply) => {
    requirePermission(request, 'posts.edit')
    const id = idOf(request)
    await assertUnchanged(id, confirmed.parse(request.body ?? {}).seenAt)
    if (!(await deleteName(await graph.open(), table, id)))
      throw new NotFoundError(`There is no such ${word}.`)
    await cache.invalidateTags(namesChanged)
    addNotice(reply, { tone: 'success', text: `The ${word} is deleted.` })
    return reply.redirect(listUrl, 303)
  })

  async function get(id: string): Promise<Consequences> {
    const found = await readConsequences(database, table, id)
    if (!found) throw new NotFoundError(`There is no such ${word}.`)
    return found
  }

  /** What was confirmed must be what was shown. */
  async function assertUnchanged(id: string, seenAt: string): Promise<void> {
    const { updatedAt } = await get(id)
    if (updatedAt.toISOString() !== seenAt)
      throw new ConflictError(`Somebody changed this ${word} meanwhile. Look at it again first.`)
  }

  /** By its address, or by a name that only one has. */
  async function findByName(wanted: string): Promise<Consequences | undefined> {
    const { rows } = table
    const columns = { id: rows.id }
    const bySlug = await database.select(columns).from(rows).where(eq(rows.slug, wanted))
    const found =
      bySlug.length > 0
        ? bySlug
        : await database.select(columns).from(rows).where(eq(rows.name, wanted)).limit(2)
    const [only] = found
    return found.length === 1 && only ? get(only.id) : undefined
  }

  function problemOf(asking: {
    readonly from: Consequences
    readonly into: Consequences | undefined
    readonly wanted: string
  }): string | undefined {
    const { from, into, wanted } = asking
    if (wanted === '') return undefined
    if (!into) return `No ${word}, or more than one, is called “${wanted}”. Its address is surer.`
    return into.id === from.id ? `That is this ${word} itself.` : undefined
  }

  interface Shown {
    readonly from: Consequences
    readonly into?: Consequences | undefined
    readonly wanted?: string
    readonly problem?: string | undefined
    readonly isDeletion?: boolean
  }

  async function send(request: FastifyRequest, reply: FastifyReply, shown: Shown) {
    const { from, into, wanted = '', problem, isDeletion = false } = shown
    return page(request, reply, {
      template: 'pages/admin/name-removal',
      title: `${isDeletion ? 'Delete' : 'Merge'} “${from.name}”`,
      isPrivate: true,
      status: problem === undefined ? 200 : 422,
      data: {
        word,
        isTag: table.kind === 'tag',
        from: {
          ...from,
          seenAt: from.updatedAt.toISOString(),
          path: pathOf(table.kind, from.slug),
        },
        into: into ? { ...into, path: pathOf(table.kind, into.slug) } : null,
        wanted,
        problem: problem ?? null,
        isDeletion,
        editUrl: `${listUrl}${from.id}/`,
        action: `${listUrl}${from.id}/${isDeletion ? 'delete' : 'merge'}`,
      },
    })
  }
}
