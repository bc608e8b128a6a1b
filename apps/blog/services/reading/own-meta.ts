import type { HeadMeta } from '@rose-ash/shared/infrastructure/view/page-head'
import type { MetaData } from '../../models/index.ts'

/** Of Open Graph; nothing where there is nothing to say. */
export function property(name: string, content: string | null | undefined): readonly HeadMeta[] {
  return content ? [{ key: 'property', name, content }] : []
}

/** What its author would have other sites show of a page. */
export function ownMeta(meta: MetaData, siteUrl: string): readonly HeadMeta[] {
  const named = (name: string, content: string | null | undefined): readonly HeadMeta[] =>
    content ? [{ key: 'name', name, content }] : []
  return [
    ...property('og:title', meta.ogTitle),
    ...property('og:description', meta.ogDescription),
    ...named('twitter:title', meta.twitterTitle),
    ...named('twitter:description', meta.twitterDescription),
    ...named('twitter:image', wholeAddress(meta.twitterImage, siteUrl)),
  ]
}

export function wholeAddress(address: string | null | undefined, siteUrl: string): string | null {
  return address ? (URL.parse(address, siteUrl)?.href ?? null) : null
}
