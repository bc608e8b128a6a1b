import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import { asc, eq, sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { authors, type Database, tags } from '../../models/index.ts'
import { hitsOnPage, searchPosts, type SearchAnswer } from '../../services/search/search-posts.ts'

interface Options {
  readonly database: Database
  readonly page: PageRenderer
}

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .transform((text) => new Date(`${text}T00:00:00Z`))
  .refine((date) => !Number.isNaN(date.getTime()))
  .optional()
  .catch(undefined)

const asked = z.object({
  q: z.string().max(200).catch(''),
  type: z.enum(['post', 'page']).optional().catch(undefined),
  tag: z.string().max(191).catch(''),
  author: z.string().max(191).catch(''),
  from: day,
  to: day,
  page: z.coerce.number().int().min(1).max(500).catch(1),
  exact: z.string().optional().catch(undefined),
})

type Asked = z.output<typeof asked>

const oneDay = 86_400_000
const nothing: SearchAnswer = { hits: [], count: 0, corrected: undefined }

/** Search in titles, summaries and texts. */
export async function searchRoutes(
  app: FastifyInstance,
  { database, page }: Options,
): Promise<void> {
  app.get('/search/', async (request, reply) => {
    const query = asked.parse(request.query)
    const text = query.q.trim()
    const answer = text === '' ? nothing : await ask(query, text)
    return page(request, reply, {
      template: 'pages/search',
      title: text === '' ? 'Search' : `Search: ${text}`,
      canonicalPath: '/search/',
      isPrivate: true,
      data: { ...describe(query, text, answer), ...(await describeFilters(database, query)) },
    })
  })

  function ask(query: Asked, text: string) {
    return searchPosts(database, {
      text,
      kind: query.type,
      tag: query.tag || undefined,
      author: query.author || undefined,
      from: query.from,
      until: query.to && new Date(query.to.getTime() + oneDay),
      pageNumber: query.page,
      corrects: query.exact === undefined,
    })
  }
}

function describe(query: Asked, text: string, { hits, count, corrected }: SearchAnswer) {
  const url = (changes: Readonly<Record<string, string>>) =>
    `/search/?${new URLSearchParams({ ...filtersOf(query), q: text, ...changes })}`
  return {
    text,
    hits,
    count,
    corrected: corrected ?? null,
    exactUrl: corrected ? url({ exact: '1' }) : null,
    previousUrl: query.page > 1 ? url({ page: String(query.page - 1) }) : null,
    nextUrl: query.page * hitsOnPage < count ? url({ page: String(query.page + 1) }) : null,
    isFiltered: Object.keys(filtersOf(query)).length > 0,
    unfilteredUrl: `/search/?${new URLSearchParams({ q: text })}`,
    from: dayOf(query.from),
    to: dayOf(query.to),
  }
}

function filtersOf({ type, tag, author, from, to }: Asked): Record<string, string> {
  const given = { type, tag, author, from: dayOf(from), to: dayOf(to) }
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  )
}

function dayOf(date: Date | undefined): string {
  return date ? date.toISOString().slice(0, 10) : ''
}

async function describeFilters(database: Database, query: Asked) {
  const tagRows = await database
    .select({ slug: tags.slug, name: tags.name })
    .from(tags)
    .where(eq(tags.visibility, 'public'))
    .orderBy(asc(sql`lower(${tags.name})`))
    .limit(200)
  const authorRows = await database
    .select({ slug: authors.slug, name: authors.name })
    .from(authors)
    .orderBy(asc(sql`lower(${authors.name})`))
    .limit(200)
  const choose = (rows: readonly { slug: string; name: string }[], chosen: string) =>
    rows.map((row) => ({ ...row, isChosen: row.slug === chosen }))
  return {
    kinds: [
      { value: '', label: 'Stories and pages', isChosen: !query.type },
      { value: 'post', label: 'Stories', isChosen: query.type === 'post' },
      { value: 'page', label: 'Pages', isChosen: query.type === 'page' },
    ],
    tags: choose(tagRows, query.tag),
    authors: choose(authorRows, query.author),
  }
}
