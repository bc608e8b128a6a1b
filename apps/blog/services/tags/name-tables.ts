import { authors, postAuthors, postTags, tags } from '../../models/index.ts'

/** What tags and authors have in common: posts have several of them, in an order, and a page lists those posts. */
export interface NameTable {
  readonly kind: 'tag' | 'author'
  readonly rows: typeof tags | typeof authors
  readonly onPosts: typeof postTags | typeof postAuthors
  readonly idOnPosts: 'tag_id' | 'author_id'
  /** The edge from a post to it. */
  readonly edge: 'tagged' | 'written-by'
}

export const tagTable: NameTable = {
  kind: 'tag',
  rows: tags,
  onPosts: postTags,
  idOnPosts: 'tag_id',
  edge: 'tagged',
}

export const authorTable: NameTable = {
  kind: 'author',
  rows: authors,
  onPosts: postAuthors,
  idOnPosts: 'author_id',
  edge: 'written-by',
}

/** `/tag/bread/`. */
export function pathOf(kind: NameTable['kind'], slug: string): string {
  return `/${kind}/${slug}/`
}
