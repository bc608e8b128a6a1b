import type { TagRow, UserRow } from './rows.ts'

/** Columns of Ghost's that are columns of ours. What an address was before it was read is kept. */
const ofTags = `id name slug description visibility accent_color created_at updated_at meta_title
  meta_description og_title og_description twitter_title twitter_description`.split(/\s+/)

const ofAuthors =
  `id name slug bio location created_at updated_at meta_title meta_description og_title
  og_description twitter_title twitter_description`.split(/\s+/)

/** What the site had and we have no column for, kept for a faithful export. Only what is set. */
export function extraOfTag(row: TagRow): Record<string, unknown> {
  return restOf(row, ofTags)
}

/** The same of an author: nothing but what the import reads of people at all. */
export function extraOfAuthor(row: UserRow): Record<string, unknown> {
  return restOf(row, ofAuthors)
}

function restOf(
  row: Readonly<Record<string, unknown>>,
  taken: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).filter(
      ([name, value]) => value !== null && value !== undefined && !taken.includes(name),
    ),
  )
}
