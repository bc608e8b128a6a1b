import { z } from 'zod'
import { cleanRow } from '../ghost/clean-text.ts'
import { rowSchemas, type TableName } from '../ghost/rows.ts'
import type { StagedRow } from '../ghost/staging.ts'
import type { GhostResource, GhostRow } from './ghost-reader.ts'
import type { SiteText } from './site-text.ts'

const metaColumns = `og_image og_title og_description twitter_image twitter_title
  twitter_description meta_title meta_description email_subject frontmatter feature_image_alt
  feature_image_caption email_only`.split(/\s+/)

/** What the API derives, and exports do not have. */
const derived = new Set(
  'url excerpt plaintext reading_time access comments email_segment comped'.split(' '),
)

const linkedRow = z.looseObject({ id: z.string() })
const links = z.array(linkedRow).catch([])

export interface SiteRows {
  readonly staged: readonly StagedRow[]
  /** Sentences about rows that cannot be read; they were left out. */
  readonly problems: readonly string[]
}

/** Rows of the API as an export of the same site would have them. */
export function stageRows(
  resource: Exclude<GhostResource, 'members'>,
  rows: readonly GhostRow[],
  text: SiteText,
): SiteRows {
  const staged: StagedRow[] = []
  const problems: string[] = []
  for (const row of rows) {
    try {
      staged.push(...stageRow(resource, row, text))
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error
      const { title, name } = row
      const called = [title, name].find((one) => typeof one === 'string') ?? row.id
      const field = error.issues[0]?.path.join('.') ?? ''
      problems.push(`“${called}” cannot be read: its ${field || 'form'} is not as in other rows.`)
    }
  }
  return { staged, problems }
}

function stageRow(
  resource: Exclude<GhostResource, 'members'>,
  row: GhostRow,
  text: SiteText,
): readonly StagedRow[] {
  if (resource === 'posts' || resource === 'pages') return stagePost(resource, row, text)
  const table = tables[resource]
  const columns = { ...text.toExport(row), ...(resource === 'tiers' && pick(row, ['benefits'])) }
  return [checked(table, columns, { id: row.id })]
}

const tables = {
  tags: 'tags',
  users: 'users',
  tiers: 'products',
  newsletters: 'newsletters',
} as const

/** A post with its meta data and what it is linked to; also the tiers, whose slugs it is compared by. */
function stagePost(
  resource: 'posts' | 'pages',
  row: GhostRow,
  text: SiteText,
): readonly StagedRow[] {
  const postId = row.id
  const columns = text.toExport(row)
  const type = resource === 'pages' ? 'page' : 'post'
  // The Content API has nothing but what is published.
  const status = row['status'] ?? 'published'
  const own = Object.entries(columns).filter(
    ([name]) => !derived.has(name) && !metaColumns.includes(name),
  )
  const isForTiers = row['visibility'] === 'tiers'
  const tierRows = isForTiers ? links.parse(row['tiers']) : []
  return [
    checked('posts', { ...Object.fromEntries(own), type, status }, { id: postId }),
    checked(
      'posts_meta',
      { ...pick(columns, metaColumns), post_id: postId },
      { id: postId, postId },
    ),
    ...links.parse(row['tags']).map(({ id }, order) => link('posts_tags', { postId, order }, id)),
    ...links
      .parse(row['authors'])
      .map(({ id }, order) => link('posts_authors', { postId, order }, id)),
    ...tierRows.flatMap((tier, order) => [
      link('posts_products', { postId, order }, tier.id),
      checked('products', text.toExport(tier), { id: tier.id }),
    ]),
  ]
}

/** Tags and authors of posts, as their own lists have them. */
export function linkedRows(
  posts: readonly GhostRow[],
  of: 'tags' | 'authors',
): readonly GhostRow[] {
  const found = new Map<string, GhostRow>()
  for (const post of posts) for (const row of links.parse(post[of])) found.set(row.id, row)
  return [...found.values()].map(({ url: _url, ...row }) => row as GhostRow)
}

function link(
  table: 'posts_tags' | 'posts_authors' | 'posts_products',
  { postId, order }: { readonly postId: string; readonly order: number },
  id: string,
): StagedRow {
  const column = { posts_tags: 'tag_id', posts_authors: 'author_id', posts_products: 'product_id' }
  const columns = { post_id: postId, [column[table]]: id, sort_order: order }
  return checked(table, columns, { id: null, postId })
}

function checked(
  table: TableName,
  columns: Readonly<Record<string, unknown>>,
  { id, postId = null }: { readonly id: string | null; readonly postId?: string | null },
): StagedRow {
  const row = rowSchemas[table].parse(cleanRow(withoutDerived(columns)))
  return { table, id, postId, row }
}

function withoutDerived(columns: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { url: _url, count: _count, ...rest } = columns
  return rest
}

function pick(
  row: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => name in row).map((name) => [name, row[name]]))
}
