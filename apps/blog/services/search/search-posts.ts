import { and, eq, exists, gte, inArray, lt, type SQL, sql } from 'drizzle-orm'
import { authors, type Database, postAuthors, posts, postTags, tags } from '../../models/index.ts'
import { escapeHtml } from '../documents/escape.ts'
import { correctWords } from './correct-words.ts'
import { prefixQuery } from './read-words.ts'

export interface SearchQuestion {
  readonly text: string
  readonly kind?: 'post' | 'page' | undefined
  /** Slugs. */
  readonly tag?: string | undefined
  readonly author?: string | undefined
  readonly from?: Date | undefined
  /** Not itself included. */
  readonly until?: Date | undefined
  readonly pageNumber: number
  /** Whether words that are in no text are taken for the nearest ones that are. */
  readonly corrects: boolean
}

export interface SearchHit {
  readonly id: string
  readonly title: string
  readonly url: string
  readonly isPage: boolean
  readonly publishedAt: Date | null
  /** Safe HTML: the words that were found stand in `<mark>`. */
  readonly excerptHtml: string
}

export interface SearchAnswer {
  readonly hits: readonly SearchHit[]
  readonly count: number
  /** What was searched for in place of what was asked. */
  readonly corrected: string | undefined
}

export const hitsOnPage = 20
/** So much of a text is looked through for the words to show, and so much of it before the first of them. */
const headlineLetters = 700
const lettersBefore = 120
const [markBegin, markEnd] = ['\u0002', '\u0003']

/**
 * Published posts and pages by how well they match: titles before summaries before texts. It looks only into what
 * everybody may read, so nobody learns from it what is for members.
 */
export async function searchPosts(
  database: Database,
  question: SearchQuestion,
): Promise<SearchAnswer> {
  const found = await find(database, question)
  if (found.count > 0 || question.pageNumber > 1 || !question.corrects)
    return { ...found, corrected: undefined }
  const corrected = await correctWords(database, question.text)
  if (corrected === undefined) return { ...found, corrected: undefined }
  return { ...(await find(database, { ...question, text: corrected })), corrected }
}

async function find(database: Database, question: SearchQuestion) {
  const query = tsquery(question.text)
  // By words and where they stand, not by how near to each other ("ts_rank_cd"): that takes ten times as long.
  const matching = database
    .select({
      id: posts.id,
      rank: sql<number>`ts_rank(${posts.searchVector}, ${query}, 1)`.as('rank'),
      count: sql`count(*) over ()`.mapWith(Number).as('count'),
    })
    .from(posts)
    .where(and(sql`${posts.searchVector} @@ ${query}`, ...conditions(database, question)))
    .orderBy(sql`rank desc`, sql`${posts.publishedAt} desc nulls last`, posts.id)
    .limit(hitsOnPage)
    .offset((question.pageNumber - 1) * hitsOnPage)
    .as('matching')
  const options = `StartSel="${markBegin}", StopSel="${markEnd}", MaxWords=45, MinWords=25, ShortWord=2`
  // Words are shown from where the first of them stands: looking for the best place in whole texts takes
  // a hundred times as long.
  const stems = sql`array(select lower(stem) from unnest(tsvector_to_array(
    to_tsvector('simple', ${question.text}) || to_tsvector('english', ${question.text}))) stem)`
  // "offset 0": the text is put into small letters once and not for each word.
  const first = sql`coalesce((select min(nullif(strpos(small, stem), 0))
    from (select lower(${posts.publicText}) as small offset 0) as lowered, unnest(${stems}) stem), 1)`
  const text = sql`translate(substring(${posts.publicText}
    from greatest(1, ${first} - ${sql.raw(`${lettersBefore}`)}) for ${sql.raw(`${headlineLetters}`)}),
    ${markBegin + markEnd}, '')`
  const rows = await database
    .select({
      id: posts.id,
      title: posts.title,
      slug: posts.slug,
      type: posts.type,
      publishedAt: posts.publishedAt,
      customExcerpt: posts.customExcerpt,
      headline: sql<string>`ts_headline('english', ${text}, ${query}, ${options})`,
      count: matching.count,
    })
    .from(matching)
    .innerJoin(posts, eq(posts.id, matching.id))
    .orderBy(sql`${matching.rank} desc`, sql`${posts.publishedAt} desc nulls last`, posts.id)
  return {
    count: rows[0]?.count ?? 0,
    hits: rows.map((row) => ({
      id: row.id,
      title: row.title,
      url: `/${row.slug}/`,
      isPage: row.type === 'page',
      publishedAt: row.publishedAt,
      excerptHtml: marked(row.headline || (row.customExcerpt ?? '')),
    })),
  }
}

/** The words as they are and by their English stems; the last one may go on. */
function tsquery(text: string): SQL {
  const prefix = prefixQuery(text)
  return sql`(websearch_to_tsquery('simple', ${text}) || websearch_to_tsquery('english', ${text})
    ${prefix ? sql`|| to_tsquery('simple', ${prefix})` : sql``})`
}

function conditions(database: Database, question: SearchQuestion): (SQL | undefined)[] {
  const { kind, tag, author, from, until } = question
  const one = { one: sql`1` }
  return [
    sql`${posts.status} = 'published'`,
    kind ? eq(posts.type, kind) : inArray(posts.type, ['post', 'page']),
    from && gte(posts.publishedAt, from),
    until && lt(posts.publishedAt, until),
    tag
      ? exists(
          database
            .select(one)
            .from(postTags)
            .innerJoin(tags, eq(tags.id, postTags.tagId))
            .where(
              and(eq(postTags.postId, posts.id), eq(tags.slug, tag), eq(tags.visibility, 'public')),
            ),
        )
      : undefined,
    author
      ? exists(
          database
            .select(one)
            .from(postAuthors)
            .innerJoin(authors, eq(authors.id, postAuthors.authorId))
            .where(and(eq(postAuthors.postId, posts.id), eq(authors.slug, author))),
        )
      : undefined,
  ]
}

function marked(headline: string): string {
  return escapeHtml(headline.replaceAll(/\s+/g, ' '))
    .replaceAll(markBegin, '<mark>')
    .replaceAll(markEnd, '</mark>')
}
