import { badRequest, notFound } from './content-api-error.ts'
import { filterCondition } from './filter-fields.ts'
import { parseFilter } from './filter-language.ts'
import { FilterError } from './filter-tree.ts'
import type { ContentQuery } from './read-query.ts'
import type { Resource } from './resource.ts'

/** A page of a list. */
export async function browse(resource: Resource, query: ContentQuery): Promise<object> {
  const { limit, page } = query
  const where = readFilter(resource, query)
  const orderBy = resource.orderBy(query.order)
  const [total, rows] = await Promise.all([
    resource.count(where),
    resource.read({ where, orderBy, limit, offset: (page - 1) * limit }, query),
  ])
  const pages = Math.max(1, Math.ceil(total / limit))
  const next = page < pages ? page + 1 : null
  const prev = page > 1 && pages > 1 ? Math.min(page - 1, pages) : null
  return {
    [resource.name]: rows.map((row) => pick(row, query)),
    meta: { pagination: { page, limit, pages, total, next, prev } },
  }
}

/** One by its id or slug. Throws ContentApiError when there is none. */
export async function readOne(
  resource: Resource,
  { by, name }: { readonly by: 'id' | 'slug'; readonly name: string },
  query: ContentQuery,
): Promise<object> {
  const selection = { where: resource.isCalled(by, name), orderBy: [], limit: 1, offset: 0 }
  const [row] = await resource.read(selection, query)
  if (!row) throw notFound(resource.singular)
  return { [resource.name]: [pick(row, query)] }
}

function readFilter(resource: Resource, { filter }: ContentQuery) {
  if (filter === undefined) return undefined
  try {
    return filterCondition(parseFilter(filter), resource.filterFields)
  } catch (error) {
    if (!(error instanceof FilterError)) throw error
    throw badRequest('Error parsing filter', error.message, { cause: error })
  }
}

/** What `include` and `formats` name is there whatever `fields` says. */
function pick(row: object, { fields, include, formats }: ContentQuery): object {
  if (!fields) return row
  return Object.fromEntries(
    Object.entries(row).filter(
      ([name]) =>
        fields.has(name) ||
        include.has(name) ||
        formats.has(name) ||
        (name === 'count' && include.has('count.posts')),
    ),
  )
}
