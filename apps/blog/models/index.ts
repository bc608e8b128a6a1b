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
export type { Database, Transaction } from '@rose-ash/shared/models/database'
export { media } from '@rose-ash/shared/models/media'
