import { objectName, relationName, typeName } from '../graph/names.ts'

/** How the graph names a row of `posts`. */
export function nameOfRow(row: {
  readonly id: string
  readonly type: 'post' | 'page' | 'type' | 'relation'
  readonly slug: string
}): string {
  if (row.type === 'type') return typeName(row.slug)
  if (row.type === 'relation') return relationName(row.slug)
  return objectName('post', row.id)
}
