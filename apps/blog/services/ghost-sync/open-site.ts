import type { StoredSecrets } from '@rose-ash/shared/infrastructure/stored-secrets'
import type { GhostAccess } from './ask-ghost.ts'
import { createGhostAdminClient } from './ghost-admin-client.ts'
import { createGhostContentClient } from './ghost-content-client.ts'
import type { GhostReader } from './ghost-reader.ts'
import { GhostSiteError } from './ghost-site-error.ts'
import type { GhostSource } from './sources.ts'

export interface SiteAccess extends Omit<GhostAccess, 'siteUrl'> {
  readonly secrets: StoredSecrets
}

export function openSite(
  { secrets, ...access }: SiteAccess,
  { kind, siteUrl, sealedKey }: Pick<GhostSource, 'kind' | 'siteUrl' | 'sealedKey'>,
): GhostReader {
  return openSiteWithKey({ ...access, siteUrl }, { kind, key: unseal(secrets, sealedKey) })
}

export function openSiteWithKey(
  access: GhostAccess,
  { kind, key }: { readonly kind: 'admin' | 'content'; readonly key: string },
): GhostReader {
  return kind === 'admin'
    ? createGhostAdminClient({ ...access, key })
    : createGhostContentClient({ ...access, key })
}

function unseal(secrets: StoredSecrets, sealed: string): string {
  const key = secrets.open(sealed)
  if (key !== undefined) return key
  throw new GhostSiteError(
    'bad-key',
    'The key was kept under another SECRET_KEY and cannot be read any more. Please add the site again.',
  )
}

/** An address as somebody typed it: `pebble.example`, `https://pebble.example/ghost/#/settings`. Throws GhostSiteError. */
export function readSiteUrl(typed: string): string {
  const text = typed.trim()
  const url = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`)
  if (!url || url.username || url.password || !/\.|^localhost$|^\[/.test(url.hostname)) {
    throw new GhostSiteError(
      'bad-address',
      'Please give the address of the site, for example https://pebble.example.',
    )
  }
  const path = url.pathname.replace(/\/ghost(\/.*)?$/, '').replace(/\/+$/, '')
  return `${url.origin}${path}`
}
