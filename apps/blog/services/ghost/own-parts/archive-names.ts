import type { FieldValues } from '../../graph/field-values.ts'
import type { ImportedIds } from './imported-ids.ts'

const kinds = ['post', 'tag', 'author'] as const
const namePattern = /^(post|tag|author):([\da-f]{24}|\d{1,10})$/

/**
 * Our names of objects of the graph by those that an archive has. Types, relations and addresses are called the same
 * everywhere; what is not here is missing.
 */
export async function findNames(
  ids: ImportedIds,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = { post: [] as string[], tag: [] as string[], author: [] as string[] }
  const found = new Map<string, string>()
  for (const name of names) {
    const [, kind, id] = namePattern.exec(name) ?? []
    if (kind && id) wanted[kind as (typeof kinds)[number]].push(id)
    else if (!/^(?:post|tag|author):/.test(name)) found.set(name, name)
  }
  for (const kind of kinds) {
    for (const [theirs, ours] of await ids.find(kind, wanted[kind])) {
      found.set(`${kind}:${theirs}`, `${kind}:${ours}`)
    }
  }
  return found
}

/** Texts in fields that name objects, among others. */
export function namesIn(values: FieldValues): readonly string[] {
  return Object.values(values).filter(
    (value): value is string => typeof value === 'string' && namePattern.test(value),
  )
}
