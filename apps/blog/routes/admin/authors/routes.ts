import { ConflictError, NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { Cache } from '@rose-ash/shared/infrastructure/cache/cache'
import { addNotice } from '@rose-ash/shared/infrastructure/sessions/notices'
import { requirePermission } from '@rose-ash/shared/infrastructure/sign-on/require-user'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import { asc, eq, ilike, or, sql } from 'drizzle-orm'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { authors, type Database, users } from '../../../models/index.ts'
import type { GraphAccess } from '../../../services/graph/open-graph.ts'
import { authorTable } from '../../../services/tags/name-tables.ts'
import { saveAuthor } from '../../../services/tags/save-author.ts'
import { authorForm, problemsOf, type Problems } from '../../../services/tags/tag-draft.ts'
import { removalRoutes } from '../tags/removal-routes.ts'
import { idOf, namesChanged, textsOf } from '../tags/schemas.ts'

interface Options {
  readonly database: Database
  readonly page: PageRenderer
  readonly graph: GraphAccess
  readonly cache: Pick<Cache, 'invalidateTags'>
}

interface ShownForm {
  readonly id: string | undefined
  readonly values: Readonly<Record<string, string>>
  readonly problems?: Problems
  /** When somebody else was first. */
  readonly hasConflict?: boolean
}

const listUrl = '/admin/authors/'
const pageSize = 100
const asked = z.object({ q: z.string().max(200).catch('') })
const names = [
  'name',
  'slug',
  'bio',
  'profileImage',
  'website',
  'location',
  'email',
  'metaTitle',
  'metaDescription',
] as const

/** Bylines, for editors of the whole site. */
export async function authorAdminRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { database, page, cache } = options
  await removalRoutes(app, { ...options, table: authorTable, listUrl, word: 'author' })

  app.get(listUrl, async (request, reply) => {
    requirePermission(request, 'posts.edit')
    const { q } = asked.parse(request.query)
    const rows = await findAuthors(database, q)
    return page(request, reply, {
      template: 'pages/admin/authors',
      title: 'Authors',
      isPrivate: true,
      data: {
        query: q,
        authors: rows.slice(0, pageSize).map((row) => ({ ...row, url: `${listUrl}${row.id}/` })),
        isCut: rows.length > pageSize,
        atMost: pageSize,
      },
    })
  })

  app.get(`${listUrl}new`, (request, reply) => {
    requirePermission(request, 'posts.edit')
    return sendForm(request, reply, { id: undefined, values: textsOf(names, {}) })
  })
  app.post(`${listUrl}new`, (request, reply) => save(request, reply, undefined))

  app.get(`${listUrl}:id/`, async (request, reply) => {
    requirePermission(request, 'posts.edit')
    const id = idOf(request)
    return sendForm(request, reply, { id, values: await readValues(id) })
  })
  app.post(`${listUrl}:id/`, (request, reply) => save(request, reply, idOf(request)))

  async function save(request: FastifyRequest, reply: FastifyReply, id: string | undefined) {
    requirePermission(request, 'posts.edit')
    const typed = textsOf([...names, 'seenAt'], request.body)
    const parsed = authorForm.safeParse(request.body ?? {})
    if (!parsed.success)
      return sendForm(request, reply, { id, values: typed, problems: problemsOf(parsed.error) })
    const result = await saveAuthor(database, id, parsed.data)
    switch (result.status) {
      case 'gone':
        throw new ConflictError('This author has been deleted or merged meanwhile.')
      case 'refused':
        return sendForm(request, reply, { id, values: typed, problems: result.problems })
      case 'conflict': {
        const { seenAt = '' } = await readValues(id!)
        return sendForm(request, reply, { id, values: { ...typed, seenAt }, hasConflict: true })
      }
      case 'saved':
        await cache.invalidateTags(namesChanged)
        addNotice(reply, { tone: 'success', text: `“${parsed.data.name}” is saved.` })
        return reply.redirect(listUrl, 303)
    }
  }

  async function readValues(id: string): Promise<Record<string, string>> {
    const [row] = await database
      .select({ author: authors, email: users.email })
      .from(authors)
      .leftJoin(users, eq(users.id, authors.userId))
      .where(eq(authors.id, id))
    if (!row) throw new NotFoundError('There is no such author.')
    const { metaTitle, metaDescription } = row.author.meta
    return {
      ...textsOf(names, { ...row.author, email: row.email, metaTitle, metaDescription }),
      seenAt: row.author.updatedAt.toISOString(),
    }
  }

  async function sendForm(request: FastifyRequest, reply: FastifyReply, shown: ShownForm) {
    const { id, values, problems = {}, hasConflict = false } = shown
    const hasProblems = Object.keys(problems).length > 0
    return page(request, reply, {
      template: 'pages/admin/author',
      title: id === undefined ? 'New author' : values['name'] || 'Author',
      isPrivate: true,
      status: hasConflict ? 409 : hasProblems ? 422 : 200,
      data: {
        id: id ?? null,
        action: id === undefined ? `${listUrl}new` : `${listUrl}${id}/`,
        values: { seenAt: '', ...values },
        problems: { ...Object.fromEntries(names.map((name) => [name, null])), ...problems },
        hasConflict,
      },
    })
  }
}

/** One query; one more than is shown. */
function findAuthors(database: Database, words: string) {
  const pattern = `%${words.trim().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  return database
    .select({
      id: authors.id,
      name: authors.name,
      slug: authors.slug,
      email: users.email,
      postCount:
        sql`(select count(*) from post_authors join posts on posts.id = post_authors.post_id
        where post_authors.author_id = authors.id and posts.status <> 'trashed')`.mapWith(Number),
    })
    .from(authors)
    .leftJoin(users, eq(users.id, authors.userId))
    .where(or(ilike(authors.name, pattern), ilike(authors.slug, pattern)))
    .orderBy(asc(authors.name), asc(authors.id))
    .limit(pageSize + 1)
}
