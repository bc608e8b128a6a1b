import type { MenuTargetKind } from '../../contracts/blog.ts'

/** How a row of the menu names what it leads to. */
export type MenuAddress =
  | { readonly by: 'id'; readonly kind: MenuTargetKind; readonly id: string }
  /** Of a market place or calendar it is its own slug; the page's comes before it. */
  | { readonly by: 'slug'; readonly kind: MenuTargetKind; readonly slug: string }
  | { readonly by: 'path' }

export const menuTargetKinds = ['post', 'tag', 'market', 'calendar'] as const

/** An address on the blog that leads to a thing wherever it is: menus keep these, so that entries follow. */
const permanent =
  /^\/go\/(post|tag|market|calendar)\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\/$/

/** What a path on an app is the address of, as far as its form tells. */
export function readMenuAddress(app: string, path: string): MenuAddress {
  const [, kind, id] = permanent.exec(path) ?? []
  if (app === 'blog' && kind && id) return { by: 'id', kind: kind as MenuTargetKind, id }
  const parts = path.split('/').slice(1, -1).map(decode)
  const last = parts.at(-1)
  if (!last || !path.endsWith('/')) return { by: 'path' }
  if (app === 'blog' && parts.length === 1) return { by: 'slug', kind: 'post', slug: last }
  if (app === 'blog' && parts.length === 2 && parts[0] === 'tag')
    return { by: 'slug', kind: 'tag', slug: last }
  if (app === 'market' && parts.length === 2) return { by: 'slug', kind: 'market', slug: last }
  if (app === 'events' && parts.length === 3 && parts[1] === 'calendars')
    return { by: 'slug', kind: 'calendar', slug: last }
  return { by: 'path' }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
