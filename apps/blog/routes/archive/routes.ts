import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { PageCache } from '@rose-ash/shared/infrastructure/view/page-cache'
import { parseWallTime } from '@rose-ash/shared/infrastructure/view/wall-clock'
import { and, gte, lt, sql } from 'drizzle-orm'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Database, posts } from '../../models/index.ts'
import { isListed, newestFirst } from '../../services/posts/is-listed.ts'
import { pageTags } from '../../services/posts/page-tags.ts'
import { followMove } from '../moved/routes.ts'

interface Options {
  readonly database: Database
  readonly pageCache: PageCache
}

const params = z.object({
  year: z
    .string()
    .regex(/^(19|20|21)\d\d$/)
    .transform(Number),
  month: z
    .string()
    .regex(/^(0[1-9]|1[0-2])$/)
    .transform(Number)
    .optional(),
})

/** As many titles as one page shows; a month has fewer. */
const mostTitles = 1000
const tags = [pageTags.all, pageTags.lists]

/** Everything that was published, by year and month on the clocks of the site. */
export async function archiveRoutes(
  app: FastifyInstance,
  { database, pageCache }: Options,
): Promise<void> {
  const { timeZone, language } = app.config.platform
  const monthName = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' })

  app.get('/archive/', async (request, reply) => {
    const load = async () => {
      const years = await countMonths(database, timeZone)
      return {
        tags,
        page: {
          template: 'pages/archive',
          title: 'Archive',
          canonicalPath: '/archive/',
          data: { years: years.map(describeYear) },
        },
      }
    }
    await pageCache(request, reply, { key: ['archive'], load })
    return reply
  })

  for (const path of ['/archive/:year/', '/archive/:year/:month/']) {
    app.get(path, async (request, reply) => {
      const { year, month } = read(request)
      const load = async () => {
        const titles = await findTitles(database, boundsOf(year, month, timeZone))
        if (titles.length === 0) return undefined
        const heading = month === undefined ? `${year}` : `${nameOf(month)} ${year}`
        return {
          tags,
          page: {
            template: 'pages/archive-list',
            title: heading,
            canonicalPath: pathOf(year, month),
            data: {
              heading,
              upUrl: month === undefined ? '/archive/' : pathOf(year),
              upLabel: month === undefined ? 'Archive' : `${year}`,
              titles: titles.map((row) => ({ ...row, url: `/${row.slug}/` })),
              isCut: titles.length === mostTitles,
            },
          },
        }
      }
      const key = ['archive', String(year), String(month ?? '')] as const
      if (await pageCache(request, reply, { key, load })) return reply
      return followMove(request, reply, { database, otherwise: 'Nothing was published then.' })
    })
  }

  function nameOf(month: number): string {
    return monthName.format(new Date(Date.UTC(2000, month - 1, 1)))
  }

  function describeYear({ year, months }: YearCount) {
    return {
      year,
      url: pathOf(year),
      count: months.reduce((sum, { count }) => sum + count, 0),
      months: months.map(({ month, count }) => ({
        label: nameOf(month),
        url: pathOf(year, month),
        count,
      })),
    }
  }
}

interface YearCount {
  readonly year: number
  readonly months: readonly { readonly month: number; readonly count: number }[]
}

async function countMonths(database: Database, timeZone: string): Promise<readonly YearCount[]> {
  const local = sql`${posts.publishedAt} at time zone ${timeZone}`
  const rows = await database
    .select({
      year: sql`extract(year from ${local})`.mapWith(Number),
      month: sql`extract(month from ${local})`.mapWith(Number),
      count: sql`count(*)`.mapWith(Number),
    })
    .from(posts)
    .where(and(isListed(posts), sql`${posts.publishedAt} is not null`))
    .groupBy(sql`1`, sql`2`)
    .orderBy(sql`1 desc`, sql`2 desc`)
  const byYear = Map.groupBy(rows, ({ year }) => year)
  return [...byYear].map(([year, months]) => ({ year, months }))
}

function findTitles(database: Database, { from, until }: { from: Date; until: Date }) {
  return database
    .select({ slug: posts.slug, title: posts.title, publishedAt: posts.publishedAt })
    .from(posts)
    .where(and(isListed(posts), gte(posts.publishedAt, from), lt(posts.publishedAt, until)))
    .orderBy(...newestFirst(posts))
    .limit(mostTitles)
}

function boundsOf(year: number, month: number | undefined, timeZone: string) {
  const begin = (y: number, m: number) => {
    const at = parseWallTime(`${y}-${String(m).padStart(2, '0')}-01T00:00`, timeZone)
    // Calendars here end with the century that is to come.
    return at ?? new Date(Date.UTC(y, m - 1, 1))
  }
  if (month === undefined) return { from: begin(year, 1), until: begin(year + 1, 1) }
  const until = month === 12 ? begin(year + 1, 1) : begin(year, month + 1)
  return { from: begin(year, month), until }
}

function pathOf(year: number, month?: number): string {
  const ofYear = `/archive/${year}/`
  return month === undefined ? ofYear : `${ofYear}${String(month).padStart(2, '0')}/`
}

function read(request: FastifyRequest) {
  const parsed = params.safeParse(request.params)
  if (!parsed.success) throw new NotFoundError('There is no such time in the archive.')
  return parsed.data
}
