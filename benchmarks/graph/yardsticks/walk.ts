import type { Edges } from '@rose-ash/blog/graph/edges'

/**
 * The seed's second design: nothing is kept but the edges, and each question walks over them, breadth first, the
 * objects of a level at once. It knows neither unions nor intersections.
 */
export interface Walk {
  isInstance(object: string, type: string): Promise<boolean>
  instancesOf(type: string): Promise<ReadonlySet<string>>
}

export function createWalk(edges: Edges): Walk {
  return {
    async isInstance(object, type) {
      let level = await edges.targets(object, 'is-a')
      const seen = new Set(level)
      while (level.length > 0 && !seen.has(type))
        level = addNew(seen, await readAll(level, (each) => edges.targets(each, 'subtype-of')))
      return seen.has(type)
    },

    async instancesOf(type) {
      let level: readonly string[] = [type]
      const types = new Set(level)
      while (level.length > 0)
        level = addNew(types, await readAll(level, (each) => edges.sources(each, 'subtype-of')))
      return new Set(await readAll([...types], (each) => edges.sources(each, 'is-a')))
    },
  }
}

async function readAll(
  objects: readonly string[],
  read: (object: string) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  return (await Promise.all(objects.map(read))).flat()
}

/** Returns those that were not there. */
function addNew(all: Set<string>, found: readonly string[]): readonly string[] {
  const fresh = [...new Set(found)].filter((each) => !all.has(each))
  for (const each of fresh) all.add(each)
  return fresh
}
