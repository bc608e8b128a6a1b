import { randomUUID } from 'node:crypto'
import { datalog } from '@rose-ash/datalog'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, expect, test } from 'vitest'
import { findCandidates } from './candidates.ts'
import { objectName, relationName } from './names.ts'
import type { Graph } from './open-graph.ts'

const connection = await createTestDatabase()
afterAll(() => connection.close())
const { database } = connection

test('a pool may have more objects than a statement may have parameters', async () => {
  const [loaf, soup, other] = [
    await createPost(database, { title: 'Loaf of rye' }),
    await createPost(database, { title: 'Loaf of wheat' }),
    await createPost(database, { title: 'Loaf that is none of these' }),
  ]
  const pool = [loaf.id, soup.id, ...Array.from({ length: 70_000 }, () => randomUUID())]
  const relation = relationName('served-with')
  const views = datalog()
  views.load({
    anchored: [[relation]],
    candidate: pool.map((id) => [relation, objectName('post', id)]),
  })
  const graph = {
    database,
    edges: { targets: async () => [objectName('post', soup.id)] },
    views: { database: views },
  } as unknown as Graph
  const { candidates, hasMore } = await findCandidates(graph, {
    source: objectName('post', other.id),
    kind: 'served-with',
    query: 'loaf',
    offset: 0,
    limit: 10,
  })
  expect(candidates.map(({ title }) => title)).toEqual(['Loaf of rye'])
  expect(hasMore).toBe(false)
})
