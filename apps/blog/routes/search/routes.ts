import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import { parseWallTime } from '@rose-ash/shared/infrastructure/view/wall-clock'
import { asc, desc, eq, sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { authors, type Database, tags } from '../../models/index.ts'
import { hitsOnPage, searchPosts, type SearchAnswer } from '../../services/search/search-posts.ts'

interface Options {
  readonly database: Database
  readonly page: PageRenderer
}

/** As much of a question as is looked at. */
const mostLetters = 200

const day = z.iso.date().catch('')
const slug = z
  .string()
  .regex(/^[^\0]{0,191}$/)
  .catch('')

const asked = z.object({
  q: z
    .string()
    // PostgreSQL has no text with a zero in it.
    .transform((text) => text.replaceAll('\0', ' ').trim().slice(0, mostLetters))
    .catch(''),
  type: z.enum(['post', 'page']).optional().catch(undefined),
  tag: slug,
  author: slug,
  from: day,
  to: day,
  page: z.coerce.number().int().min(1).max(500).catch(1),
  exact: z.string().optional().catch(undefined),
})

type Asked = z.output<typeof asked>

/** Tags and authors to choose from. */
const mostChoices = 200
const nothing: SearchAnswer = { hits: [], count: 0, corrected: undefined }

/** Search in titles, summaries and texts. */
export async function searchRoutes(
  app: FastifyInstance,
  { database, page }: Options,
): Promise<void> {
  const { timeZone, language } = app.config.platform

  app.get('/search/', async (request, reply) => {
    const query = asked.parse(request.query)
    const text = query.q
    const answer = text === '' ? nothing : await ask(query)
    if (query.page > 1 && answer.hits.length === 0) return reply.redirect(addressOf(query), 302)
    return page(request, reply, {
      template: 'pages/search',
      title: text === '' ? 'Search' : `Search: ${text}`,
      canonicalPath: '/search/',
      isPrivate: true,
      data: { ...describe(query, answer), ...(await describeFilters(query)) },
    })
  })

  function ask(query: Asked) {
    return searchPosts(database, {
      text: query.q,
      kind: query.type,
      tag: query.tag || undefined,
      author: query.author || undefined,
      from: parseWallTime(`${query.from}T00:00`, timeZone),
      until: query.to ? parseWallTime(`${dayAfter(query.to)}T00:00`, timeZone) : undefined,
      pageNumber: query.page,
      corrects: query.exact === undefined,
    })
  }

  async function describeFilters(query: Asked) {
    const tagRows = await database
      .select({ slug: tags.slug, name: tags.name })
      .from(tags)
      .where(eq(tags.visibility, 'public'))
      // What was chosen is among the choices, however many there are.
      .orderBy(desc(sql`${tags.slug} = ${query.tag}`), asc(sql`lower(${tags.name})`))
      .limit(mostChoices)
    const authorRows = await database
      .select({ slug: authors.slug, name: authors.name })
      .from(authors)
      .orderBy(desc(sql`${authors.slug} = ${query.author}`), asc(sql`lower(${authors.name})`))
      .limit(mostChoices)
    const { compare } = new Intl.Collator(language)
    const choose = (rows: readonly { slug: string; name: string }[], chosen: string) =>
      rows
        .toSorted((one, other) => compare(one.name, other.name))
        .map((row) => ({ ...row, isChosen: row.slug === chosen }))
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
}

function addressOf(query: Asked, changes: Readonly<Record<string, string>> = {}): string {
  return `/search/?${new URLSearchParams({ ...filtersOf(query), q: query.q, ...changes })}`
}

function describe(query: Asked, { hits, count, corrected }: SearchAnswer) {
  // Whoever searches for the word all the same goes on doing so on the next page.
  const kept = query.exact === undefined ? {} : { exact: '1' }
  const url = (changes: Readonly<Record<string, string>>) =>
    addressOf(query, { ...kept, ...changes })
  const pageUrl = (number: number) => url({ q: corrected ?? query.q, page: String(number) })
  return {
    text: query.q,
    hits,
    count,
    corrected: corrected ?? null,
    exactUrl: corrected ? url({ exact: '1' }) : null,
    previousUrl: query.page > 1 ? pageUrl(query.page - 1) : null,
    nextUrl: query.page * hitsOnPage < count ? pageUrl(query.page + 1) : null,
    isFiltered: Object.keys(filtersOf(query)).length > 0,
    unfilteredUrl: `/search/?${new URLSearchParams({ q: query.q })}`,
    from: query.from,
    to: query.to,
  }
}

function filtersOf({ type, tag, author, from, to }: Asked): Record<string, string> {
  const given = { type, tag, author, from, to }
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  )
}

/** Both as in `<input type="date">`. */
function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + 1)
  return date.toISOString().slice(0, 10)
}
