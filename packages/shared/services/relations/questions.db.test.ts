import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { WalkQuestion } from '../../contracts/relations.ts'
import { createRelationsService } from './relations-service.ts'
import { endsOf, idsOf, nodeOf, testTypes } from './test-relations.ts'

const connection = await createTestDatabase()
const { database } = connection
const relations = createRelationsService({ database }, { types: testTypes })
beforeEach(() => emptyTables(connection.pool, 'relations'))
afterAll(() => connection.close())

describe('a long list', () => {
  it('comes in pages that hold each child once, in order, also when one goes meanwhile', async () => {
    const parent = nodeOf('shelf:a')
    for (const [index, sortOrder] of [3, 1, 1, 2, 1, 3, 0].entries()) {
      await relations.attach({ parent, child: nodeOf(`book:${index}`), sortOrder })
    }
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await relations.children(parent, { limit: 2, after })
      seen.push(...idsOf(page, 'to'))
      after = page.at(-1)?.id
      const last = page.at(-1)
      if (last) await relations.unrelate(last)
    } while (after !== undefined)
    expect(seen).toEqual(['6', '1', '2', '4', '3', '0', '5'])
  })

  it('of parents goes by when they came, also within one transaction', async () => {
    const names = ['d', 'b', 'a', 'c']
    await database.transaction(async (transaction) => {
      for (const name of names) {
        const ends = endsOf('actor->film', `actor:${name}`, 'film:x')
        await relations.relate(ends, transaction)
      }
    })
    const film = nodeOf('film:x')
    expect(idsOf(await relations.parents(film), 'from')).toEqual(names)
    const [, second] = await relations.parents(film, { limit: 2 })
    expect(idsOf(await relations.parents(film, { after: second?.id }), 'from')).toEqual(['a', 'c'])
  })

  it('is of one type where one is asked for', async () => {
    await relations.attach({ parent: nodeOf('page:a'), child: nodeOf('calendar:a') })
    await relations.attach({ parent: nodeOf('page:a'), child: nodeOf('market:a') })
    const children = (relationType?: string) =>
      relations.children(nodeOf('page:a'), { relationType })
    expect(await children()).toHaveLength(2)
    expect(await children('page->market')).toMatchObject([{ to: nodeOf('market:a') }])
  })
})

describe('a walk', () => {
  it('up or down tells each node once by its shortest way, within its limits', async () => {
    const town = fc.integer({ min: 0, max: 6 })
    const graph = fc.array(fc.tuple(town, town), { maxLength: 14 })
    const questions = fc.record({
      maxDepth: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
      limit: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    })
    const law = fc.asyncProperty(graph, questions, town, async (pairs, question, start) => {
      await emptyTables(connection.pool, 'relations')
      const ways = pairs.filter(([from, to]) => from !== to)
      for (const [from, to] of ways) {
        await relations.relate(endsOf('town->town', `town:${from}`, `town:${to}`))
      }
      const node = nodeOf(`town:${start}`)
      const back = ways.map(([from, to]) => [to, from] as const)
      expect(await relations.descendants(node, question)).toEqual(
        walkNaively(ways, start, question),
      )
      expect(await relations.ancestors(node, question)).toEqual(walkNaively(back, start, question))
    })
    await fc.assert(law, { numRuns: 60 })
  })

  it('goes by ways of all types, or of one', async () => {
    await relations.attach({ parent: nodeOf('page:a'), child: nodeOf('page:b') })
    await relations.attach({ parent: nodeOf('page:b'), child: nodeOf('calendar:c') })
    expect(await relations.descendants(nodeOf('page:a'))).toEqual([
      { type: 'page', id: 'b', depth: 1 },
      { type: 'calendar', id: 'c', depth: 2 },
    ])
    const below = await relations.descendants(nodeOf('page:a'), { relationType: 'page->page' })
    expect(below).toEqual([{ type: 'page', id: 'b', depth: 1 }])
  })

  it('through a dense graph of circles ends soon', async () => {
    await connection.pool.query(`
      insert into relations (relation_type, from_type, from_id, to_type, to_id)
      select 'town->town', 'town', a, 'town', b
      from generate_series(100, 139) as a, generate_series(100, 139) as b where a <> b`)
    expect(await relations.descendants(nodeOf('town:100'))).toHaveLength(39)
    expect(await relations.ancestors(nodeOf('town:100'), { limit: 7 })).toHaveLength(7)
  })
})

function walkNaively(
  pairs: readonly (readonly [number, number])[],
  start: number,
  { maxDepth = 50, limit = 10_000 }: WalkQuestion,
) {
  const depths = new Map([[start, 0]])
  for (let depth = 1; depth <= maxDepth; depth++) {
    for (const [from, to] of pairs) {
      if (depths.get(from) === depth - 1 && !depths.has(to)) depths.set(to, depth)
    }
  }
  depths.delete(start)
  return [...depths]
    .map(([id, depth]) => ({ type: 'town', id: String(id), depth }))
    .toSorted((one, other) => one.depth - other.depth || Number(one.id) - Number(other.id))
    .slice(0, limit)
}
