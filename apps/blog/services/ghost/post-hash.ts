import { fingerprint } from './fingerprint.ts'
import type { ExportedPost } from './post-record.ts'

/**
 * What is compared to tell whether a post has changed: only what an export and the Admin API both say
 * of a post, so that the one brings nothing new after the other. Ghost sets `updated_at` with every
 * change, also of a column that is not here. Hexadecimal.
 */
export function postHash({ row, meta, tagIds, authorIds, tiers }: ExportedPost): string {
  const columns: Readonly<Record<string, unknown>> = row
  const about: Readonly<Record<string, unknown>> = meta ?? row
  const isPage = row.type === 'page' || (!row.type && row.page)
  const hasSource = row.lexical || row.mobiledoc
  return fingerprint({
    ...pick(columns, postColumns),
    ...pick(about, metaColumns),
    type: isPage ? 'page' : 'post',
    visibility: row.visibility ?? 'public',
    slug: row.slug ?? null,
    featured: row.featured,
    ...(hasSource ? { lexical: row.lexical, mobiledoc: row.mobiledoc } : { html: row.html }),
    // Only pages have it in the API; true is what Ghost assumes.
    hidesTitle: isPage && isFalse(columns['show_title_and_feature_image']) ? true : null,
    isEmailOnly: isTrue(meta?.['email_only']) ? true : null,
    tagIds,
    authorIds,
    // A public post may still have tiers of former days; the API then names all.
    tiers: row.visibility === 'tiers' ? tiers.toSorted() : null,
  })
}

const postColumns = `id uuid title status feature_image custom_excerpt codeinjection_head
  codeinjection_foot custom_template canonical_url created_at updated_at published_at`.split(/\s+/)

const metaColumns = `og_image og_title og_description twitter_image twitter_title
  twitter_description meta_title meta_description email_subject frontmatter feature_image_alt
  feature_image_caption`.split(/\s+/)

/** Empty text and no text are the same to a reader. */
function pick(
  columns: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, columns[name] || null]))
}

function isTrue(value: unknown): boolean {
  return value === true || value === 1 || value === '1'
}

function isFalse(value: unknown): boolean {
  return value === false || value === 0 || value === '0'
}
