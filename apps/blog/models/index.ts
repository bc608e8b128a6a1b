/** The gate: the only place where this app takes tables from. */
export { users } from '@rose-ash/shared/models/accounts'
export { authors, type MetaData, postAuthors, posts, redirects } from '@rose-ash/shared/models/blog'
export { commentMails, comments, likes } from '@rose-ash/shared/models/conversation'
export type { Database, Queryable, Transaction } from '@rose-ash/shared/models/database'
export {
  contentImports,
  ghostDeliveries,
  ghostSources,
  postWarnings,
  redirectRules,
} from '@rose-ash/shared/models/ghost'
export { integrations, outgoingWebhooks } from '@rose-ash/shared/models/integrations'
export { kvChanges, kvEntries, kvHorizon } from '@rose-ash/shared/models/kv'
export { media } from '@rose-ash/shared/models/media'
export {
  members,
  memberships,
  newsletters,
  newsletterSubscriptions,
  postTiers,
  tiers,
} from '@rose-ash/shared/models/members'
export { menuNodes, pageFeatures } from '@rose-ash/shared/models/navigation'
export { postTags, tagGroups, tags } from '@rose-ash/shared/models/tags'
export { postRevisions, type RevisionContent, snippets } from '@rose-ash/shared/models/writing'
