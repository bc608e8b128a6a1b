import type { ListQuery } from './schemas.ts'

/** The address of a list; whatever is left out is left out of the address too. */
export function listUrl(path: string, query: Partial<ListQuery>): string {
  const search = new URLSearchParams()
  if (query.q) search.set('q', query.q)
  if (query.category) search.set('category', query.category)
  if (query.page && query.page > 1) search.set('page', String(query.page))
  return search.size > 0 ? `${path}?${search}` : path
}
