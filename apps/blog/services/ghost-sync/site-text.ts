/** Columns that may hold addresses of the site itself, as Ghost rewrites them in its own exports. */
const addressColumns: ReadonlySet<string> = new Set(
  `lexical mobiledoc html plaintext custom_excerpt codeinjection_head codeinjection_foot
  feature_image feature_image_caption canonical_url og_image twitter_image profile_image cover_image
  header_image website welcome_page_url`.split(/\s+/),
)

const dateColumn = /_at$/

export interface SiteText {
  /** A row of the API with its texts as an export has them. Lists and objects in it are left out. */
  toExport(row: Readonly<Record<string, unknown>>): Record<string, unknown>
}

/**
 * An export has `__GHOST_URL__` where the API has the site's own address, and times in UTC where the Content API
 * has them in the site's zone. `siteUrl` has no slash at the end.
 */
export function createSiteText(siteUrl: string, kind: 'admin' | 'content'): SiteText {
  const bare = siteUrl.replace(/^https?:\/\//, '')
  // Either protocol, and not the beginning of another host or folder.
  const own = new RegExp(`https?://${escape(bare)}(?![\\w.:-])`, 'gi')
  const host = URL.parse(siteUrl)?.hostname ?? bare
  const referrer = new RegExp(`/?[?]ref=${escape(host)}(?=["'#\\s])`, 'g')

  function textOf(column: string, text: string): string {
    if (dateColumn.test(column)) return inUtc(text)
    if (!addressColumns.has(column)) return text
    const exported = text.replace(own, '__GHOST_URL__')
    // The Content API tells other sites where readers come from; the text itself does not.
    return kind === 'content' && column === 'html' ? exported.replace(referrer, '') : exported
  }

  return {
    toExport: (row) =>
      Object.fromEntries(
        Object.entries(row).flatMap(([column, value]) => {
          if (typeof value === 'object' && value !== null) return []
          return [[column, typeof value === 'string' ? textOf(column, value) : value]]
        }),
      ),
  }
}

function inUtc(text: string): string {
  const date = new Date(text)
  const hasZone = /[+-]\d\d:?\d\d$/.test(text)
  return hasZone && !Number.isNaN(date.getTime()) ? date.toISOString() : text
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
