import type { AppName } from './apps.ts'

/**
 * What a fragment looks like depends on: everybody sees the same, each member another, or each
 * visitor (member or device) another.
 */
export type FragmentAudience = 'everyone' | 'user' | 'visitor'

export interface FragmentType {
  readonly providers: readonly AppName[]
  readonly ttlSeconds: number
  readonly audience: FragmentAudience
}

/**
 * The catalogue: who serves which fragment, how long it may be kept, and for whom. Parameters:
 * `container-nav` takes `containerType` and `containerId`, and so does `nav-tree` for the menu of a page;
 * `container-cards` takes `postIds`, with commas; `link-card` the blog's `slug`, or the `path` of a product or event
 * on its own app. Who is asking is added for those that depend on it.
 */
export const fragmentTypes = {
  'nav-item': {
    providers: ['blog', 'market', 'events', 'cart', 'account', 'federation'],
    ttlSeconds: 300,
    audience: 'everyone',
  },
  'nav-tree': { providers: ['blog'], ttlSeconds: 60, audience: 'everyone' },
  footer: { providers: ['blog'], ttlSeconds: 300, audience: 'everyone' },
  'auth-menu': { providers: ['account'], ttlSeconds: 60, audience: 'user' },
  'cart-mini': { providers: ['cart'], ttlSeconds: 10, audience: 'visitor' },
  'container-nav': { providers: ['events', 'market'], ttlSeconds: 30, audience: 'everyone' },
  'container-cards': { providers: ['events'], ttlSeconds: 30, audience: 'everyone' },
  'account-nav-item': {
    providers: ['events', 'cart', 'federation'],
    ttlSeconds: 300,
    audience: 'user',
  },
  'link-card': { providers: ['blog', 'market', 'events'], ttlSeconds: 60, audience: 'everyone' },
} as const satisfies Record<string, FragmentType>

export type FragmentName = keyof typeof fragmentTypes

/** Every cached fragment of this type has this tag: whoever changes what all of them show invalidates it. */
export function fragmentTag(type: FragmentName): string {
  return `fragment:${type}`
}
