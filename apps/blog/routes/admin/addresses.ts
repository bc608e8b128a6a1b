import type { ObjectDescription } from '../../services/graph/describe-objects.ts'
import { parseName } from '../../services/graph/names.ts'

export const overviewUrl = '/admin/metamodel/'
export const typesUrl = `${overviewUrl}types/`
export const relationsUrl = `${overviewUrl}relations/`

export function typeUrl(slug: string): string {
  return `${typesUrl}${encodeURIComponent(slug)}/`
}

export function relationUrl(slug: string): string {
  return `${relationsUrl}${encodeURIComponent(slug)}/`
}

export function postUrl(id: string): string {
  return `/admin/posts/${id}/`
}

/** What an object is related to. */
export function objectUrl(name: string): string {
  return `/admin/objects/${encodeURIComponent(name)}/`
}

/** The same as a part of the page that shows it. */
export function relationsPartUrl(slug: string): string {
  return `/${encodeURIComponent(slug)}/relations`
}

/** Where an object itself is changed; null for what has no form of its own. */
export function editUrlOf(name: string): string | null {
  const parsed = parseName(name)
  if (parsed?.kind === 'post') return postUrl(parsed.id)
  if (parsed?.kind === 'type') return typeUrl(parsed.slug)
  return parsed?.kind === 'relation' ? relationUrl(parsed.slug) : null
}

/** Where an editor can do something about an object. */
export function adminUrlOf({
  name,
  url,
  kind,
}: Pick<ObjectDescription, 'name' | 'url' | 'kind'>): string {
  if (kind === 'elsewhere') return url
  return editUrlOf(name) ?? objectUrl(name)
}
