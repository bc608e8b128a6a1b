import type { Edges } from '../../graph/edges.ts'
import { relationName } from './names.ts'
import { isRightSort } from './relate.ts'

/**
 * Whether a relation may lead to an object, by the edges as they are at the moment, within a transaction too: what
 * `candidate` in views.dl says, for those who cannot wait for the views. Everything that was found is remembered, so
 * the edges of types must not change meanwhile.
 */
export function createCandidates(
  edges: Pick<Edges, 'sources' | 'targets'>,
): (kind: string, object: string) => Promise<boolean> {
  const declarers = new Map<string, ReadonlySet<string>>()
  const above = new Map<string, readonly string[]>()

  return async (kind, object) => {
    if (!isRightSort(kind, object)) return false
    const anchors = await anchorsOf(kind)
    if (anchors.size === 0) return true
    const seen = new Set([object])
    for (const each of seen) {
      if (anchors.has(each)) return true
      for (const next of await typesAbove(each)) seen.add(next)
    }
    return false
  }

  async function anchorsOf(kind: string): Promise<ReadonlySet<string>> {
    const known = declarers.get(kind)
    if (known) return known
    const found = new Set(await edges.sources(relationName(kind), 'declares'))
    declarers.set(kind, found)
    return found
  }

  async function typesAbove(object: string): Promise<readonly string[]> {
    const known = above.get(object)
    if (known) return known
    const found = [
      ...(await edges.targets(object, 'is-a')),
      ...(await edges.targets(object, 'subtype-of')),
    ]
    above.set(object, found)
    return found
  }
}
