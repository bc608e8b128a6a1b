/** The gate: the only place where this app takes tables from. */
export {
  authors,
  contentImports,
  type MetaData,
  postAuthors,
  posts,
  postTags,
  redirects,
  tags,
} from '@rose-ash/shared/models/blog'
export type { Database, Queryable, Transaction } from '@rose-ash/shared/models/database'
export { kvChanges, kvEntries, kvHorizon } from '@rose-ash/shared/models/kv'
export { media } from '@rose-ash/shared/models/media'
