import type { MetaData } from '../../models/index.ts'
import type { AbsoluteAddresses } from './absolute-addresses.ts'
import type { Answer } from './resource.ts'

/** What cards on other sites show. */
export function describePictures(meta: MetaData, addresses: AbsoluteAddresses): Answer {
  return {
    og_image: addresses.of(meta.ogImage),
    og_title: meta.ogTitle ?? null,
    og_description: meta.ogDescription ?? null,
    twitter_image: addresses.of(meta.twitterImage),
    twitter_title: meta.twitterTitle ?? null,
    twitter_description: meta.twitterDescription ?? null,
  }
}

export function describeMeta(meta: MetaData): Answer {
  return {
    meta_title: meta.metaTitle ?? null,
    meta_description: meta.metaDescription ?? null,
  }
}
