import {
  type ApiForm,
  type ApiSite,
  authorRow,
  metaColumns,
  tagRow,
  tierInPost,
  timesOf,
} from './ghost-rows.ts'
import { dateOf, type GhostTableRow, isSet, linked, pick, rowsOf, textOf } from './ghost-tables.ts'

const plainColumns = `id uuid title slug comment_id feature_image visibility custom_excerpt
  codeinjection_head codeinjection_foot custom_template canonical_url`

const paywall = '<!--members-only-->'

/** A post or page as Ghost's APIs give it, with everything included. */
export function postRow(
  site: ApiSite,
  row: GhostTableRow,
  { form, formats }: { form: ApiForm; formats: readonly string[] },
): GhostTableRow {
  const isPage = row['type'] === 'page'
  const meta = rowsOf(site.tables, 'posts_meta').find(({ post_id }) => post_id === row['id']) ?? {}
  const tags = find(site, row, { table: 'posts_tags', column: 'tag_id', of: 'tags' }).map((tag) =>
    tagRow(site, tag, form),
  )
  const authors = find(site, row, { table: 'posts_authors', column: 'author_id', of: 'users' }).map(
    (author) => authorRow(site, author, form),
  )
  const hasAccess = form === 'admin' || row['visibility'] === 'public'
  const bodies = pick(row, formats.join(' ') || 'html', site.url)
  const first = tags[0]
  return {
    ...pick(row, plainColumns, site.url),
    ...bodies,
    ...(!hasAccess && { html: beforePaywall(bodies['html']) }),
    ...(form === 'admin' && { status: row['status'] }),
    featured: isSet(row['featured']),
    ...timesOf(row, form),
    published_at: dateOf(row['published_at'], form),
    ...(isPage && { show_title_and_feature_image: isSet(row['show_title_and_feature_image']) }),
    tags,
    authors,
    tiers: tiersOf(site, row, form),
    primary_author: authors[0] ?? null,
    primary_tag: first && first['visibility'] !== 'internal' ? first : null,
    ...(form === 'admin'
      ? !isPage && { email_segment: row['email_recipient_filter'] }
      : {
          access: hasAccess,
          comments: hasAccess,
        }),
    url: urlOf(site, row),
    excerpt: row['custom_excerpt'] ?? textOf(row['plaintext']).slice(0, 500),
    reading_time: 1,
    ...pick(meta, `${metaColumns} frontmatter feature_image_alt feature_image_caption`, site.url),
    ...(!isPage && pick(meta, 'email_subject', site.url)),
    ...(!isPage && form === 'admin' && { email_only: isSet(meta['email_only']) }),
  }
}

function beforePaywall(html: unknown): string {
  const [before = '', after] = textOf(html).split(paywall)
  return after === undefined ? '' : before
}

/** A post for everybody names all tiers. */
function tiersOf(site: ApiSite, row: GhostTableRow, form: ApiForm): readonly GhostTableRow[] {
  const own = linked(site.tables, {
    table: 'posts_products',
    postId: row['id'],
    column: 'product_id',
  })
  return rowsOf(site.tables, 'products')
    .filter(({ id }) => row['visibility'] !== 'tiers' || own.includes(id))
    .map((tier) => tierInPost(site, tier, form))
}

function urlOf({ url }: ApiSite, row: GhostTableRow): string {
  const path = row['status'] === 'published' ? String(row['slug']) : `p/${String(row['uuid'])}`
  return `${url}/${path}/`
}

function find(
  { tables }: ApiSite,
  post: GhostTableRow,
  { table, column, of }: { table: string; column: string; of: string },
): readonly GhostTableRow[] {
  return linked(tables, { table, postId: post['id'], column }).flatMap((id) =>
    rowsOf(tables, of).filter((row) => row['id'] === id),
  )
}
