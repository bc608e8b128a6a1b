import { type Column, type SQL, sql } from 'drizzle-orm'

/** What rows may be put in order by. */
export type OrderFields = Readonly<Record<string, Column | SQL>>

export interface Ordering {
  readonly fields: OrderFields
  /** As `order` is written, for who asks for none. */
  readonly usual: string
  /** Decides between equals, so that pages neither repeat nor leave out a row. */
  readonly id: Column
}

const mostParts = 8

/**
 * Reads `published_at desc, title`. Names that are not in the table are passed over, as in Ghost. What is
 * missing comes last, as in the indexes.
 */
export function readOrder(order: string | undefined, ordering: Ordering): readonly SQL[] {
  const wanted = readParts(order ?? '', ordering.fields)
  const parts = wanted.length > 0 ? wanted : readParts(ordering.usual, ordering.fields)
  const isDescending = parts[0]?.isDescending ?? false
  return [...parts, { field: ordering.id, isDescending }].map(inDirection)
}

interface Part {
  readonly field: Column | SQL
  readonly isDescending: boolean
}

function readParts(order: string, fields: OrderFields): readonly Part[] {
  return order.split(',', mostParts).flatMap((part) => {
    const [name = '', direction = 'asc'] = part.trim().split(/\s+/)
    if (!Object.hasOwn(fields, name)) return []
    return [{ field: fields[name]!, isDescending: direction.toLowerCase() === 'desc' }]
  })
}

/** The ascending one is an index on the descending one, read backwards. */
function inDirection({ field, isDescending }: Part): SQL {
  return isDescending ? sql`${field} desc nulls last` : sql`${field} asc nulls first`
}
