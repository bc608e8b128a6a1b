import { createEdges } from '../../graph/edges.ts'
import type { KvStore } from '../../graph/kv/kv-store.ts'
import { type Database, posts } from '../../models/index.ts'
import { putRelation, putType } from './catalog.ts'
import { describePlainly } from './plain-body.ts'
import { seedEdges, seedRelations, seedTypes } from './seeds.ts'

const marker = ['seeded'] as const
/** Grows when there are more seeds. */
const version = 1

/** Puts in what every site begins with, unless it is there; a second time changes nothing that an editor did. */
export async function plantSeeds(database: Database, store: KvStore): Promise<void> {
  const rows = [
    ...seedTypes.map((seed) => ({ ...seed, type: 'type' as const })),
    ...seedRelations.map((seed) => ({ ...seed, type: 'relation' as const })),
  ].map(({ type, slug, title, description }) => ({
    type,
    slug,
    title,
    status: 'published' as const,
    publishedAt: new Date(),
    ...describePlainly(description),
  }))
  await database.insert(posts).values(rows).onConflictDoNothing()
  if ((await store.get(marker)) === version) return
  await store.exclusively(async (inside) => {
    if ((await inside.get(marker)) === version) return
    await createEdges(inside, () => false).change({ add: seedEdges })
    await inside.write([
      ...seedTypes.map(({ slug, spec }) => putType(slug, spec)),
      ...seedRelations.map(({ slug, spec }) => putRelation(slug, spec)),
      { kind: 'put', key: marker, value: version },
    ])
  })
}
