import type { MetaData } from '../../models/index.ts'
import { ownImage } from './addresses.ts'

type Text = string | null | undefined

/** As Ghost names it, in posts (before Ghost 3), in posts_meta, in tags and in users. */
export interface GhostMeta {
  readonly meta_title?: Text
  readonly meta_description?: Text
  readonly og_title?: Text
  readonly og_description?: Text
  readonly og_image?: Text
  readonly twitter_title?: Text
  readonly twitter_description?: Text
  readonly twitter_image?: Text
}

/** Only what is set. */
export function metaDataOf(row: GhostMeta): MetaData {
  const found = {
    metaTitle: row.meta_title,
    metaDescription: row.meta_description,
    ogTitle: row.og_title,
    ogDescription: row.og_description,
    ogImage: ownImage(row.og_image),
    twitterTitle: row.twitter_title,
    twitterDescription: row.twitter_description,
    twitterImage: ownImage(row.twitter_image),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value))
}
