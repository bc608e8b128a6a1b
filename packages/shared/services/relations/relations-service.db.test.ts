import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { RelationNode } from '../../contracts/relations.ts'
import { attachWithin, createRelationsService } from './relations-service.ts'

const connection = await createTestDatabase()
const relations = createRelationsService(connection)
beforeEach(() => emptyTables(connection.pool, 'relations'))
afterAll(() => connection.close())

const page = (id: string): RelationNode => ({ type: 'page', id })
const calendar = (id: string): RelationNode => ({ type: 'calendar', id })

async function childIds(parent: RelationNode): Promise<readonly string[]> {
  return (await relations.children(parent)).map(({ to }) => to.id)
}

describe('attaching', () => {
  test('puts a child last, or where it is told', async () => {
    await relations.attach({ parent: page('p'), child: calendar('a') })
    await relations.attach({ parent: page('p'), child: calendar('b'), label: 'Cinema' })
    await relations.attach({ parent: page('p'), child: calendar('c'), sortOrder: -1 })
    expect(await childIds(page('p'))).toEqual(['c', 'a', 'b'])
    const [, , last] = await relations.children(page('p'))
    expect(last).toMatchObject({ label: 'Cinema', relationType: 'page->calendar' })
    expect((await relations.parents(calendar('b'))).map(({ from }) => from.id)).toEqual(['p'])
  })

  test('again changes what is new, and revives with the same id what was detached', async () => {
    const first = await relations.attach({ parent: page('p'), child: calendar('a'), label: 'Old' })
    await relations.attach({ parent: page('p'), child: calendar('b') })
    const again = await relations.attach({ parent: page('p'), child: calendar('a') })
    expect(again).toEqual(first)
    expect(await relations.detach({ parent: page('p'), child: calendar('a') })).toBe(true)
    expect(await relations.detach({ parent: page('p'), child: calendar('a') })).toBe(false)
    expect(await childIds(page('p'))).toEqual(['b'])
    expect(await relations.parents(calendar('a'))).toEqual([])
    const revived = await relations.attach({
      parent: page('p'),
      child: calendar('a'),
      label: 'New',
    })
    expect(revived).toMatchObject({ id: first.id, label: 'New' })
    expect(await childIds(page('p'))).toEqual(['b', 'a'])
  })

  test('is part of the transaction that it is given', async () => {
    const failing = connection.database.transaction(async (transaction) => {
      await attachWithin(transaction, { parent: page('p'), child: calendar('a') })
      throw new Error('not after all')
    })
    await expect(failing).rejects.toThrow('not after all')
    expect(await childIds(page('p'))).toEqual([])
  })

  test.each([
    ['a type that is not declared', { type: 'page', id: 'p' }, { type: 'nonsense', id: 'x' }],
    ['no id', { type: 'page', id: '' }, { type: 'calendar', id: 'x' }],
  ])('refuses %s', async (_, parent, child) => {
    await expect(relations.attach({ parent, child })).rejects.toThrow(/No relation leads|missing/)
    const ends = { relationType: 'page->calendar', from: calendar('a'), to: page('p') }
    await expect(relations.relate(ends)).rejects.toThrow('begins at a page')
    await expect(relations.relate({ ...ends, relationType: 'x' })).rejects.toThrow(
      'no relation type',
    )
  })
})

describe('cardinality', () => {
  const ends = { relationType: 'page->calendar', from: page('p'), to: calendar('a') }

  test('of one parent is told before, and held', async () => {
    expect(await relations.canRelate(ends)).toEqual({ can: true })
    await relations.relate(ends)
    expect(await relations.canRelate(ends)).toEqual({ can: true })
    const other = { ...ends, from: page('q') }
    expect(await relations.canRelate(other)).toMatchObject({
      can: false,
      reason: 'This calendar is in “Calendars” of another page already.',
    })
    await expect(relations.relate(other)).rejects.toThrow('another page already')
    await relations.unrelate(ends)
    await relations.relate(other)
    expect(await childIds(page('q'))).toEqual(['a'])
  })

  test('holds when many try at once', async () => {
    const tries = Array.from({ length: 20 }, (_, number) =>
      relations.relate({ ...ends, from: page(`p${number}`) }),
    )
    const results = await Promise.allSettled(tries)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await relations.parents(calendar('a'))).toHaveLength(1)
  })

  test('of many to many is no limit', async () => {
    for (const post of ['x', 'y'])
      for (const entry of ['1', '2'])
        await relations.attach({
          parent: { type: 'post', id: post },
          child: { type: 'entry', id: entry },
        })
    expect(await relations.parents({ type: 'entry', id: '1' })).toHaveLength(2)
  })
})

describe('an order', () => {
  test('names every child once, and then holds', async () => {
    for (const id of ['a', 'b', 'c'])
      await relations.attach({ parent: page('p'), child: calendar(id) })
    const order = { parent: page('p'), relationType: 'page->calendar' }
    for (const [childIds, message] of [
      [['a', 'b'], 'Missing in the order: c'],
      [['a', 'b', 'c', 'd'], 'No children of it: d'],
      [['a', 'b', 'c', 'a'], 'named twice'],
    ] as const)
      await expect(relations.reorder({ ...order, childIds })).rejects.toThrow(message)
    expect(await childIds(page('p'))).toEqual(['a', 'b', 'c'])
    await relations.reorder({ ...order, childIds: ['c', 'a', 'b'] })
    expect(await childIds(page('p'))).toEqual(['c', 'a', 'b'])
    const [first] = await relations.children(page('p'), { limit: 1 })
    const second = await relations.children(page('p'), { limit: 1, after: first?.id })
    expect(second.map(({ to }) => to.id)).toEqual(['a'])
  })
})

describe('a tree', () => {
  test('has no circle, also when both halves are closed at once', async () => {
    await relations.attach({ parent: page('a'), child: page('b') })
    await relations.attach({ parent: page('b'), child: page('c') })
    await expect(relations.attach({ parent: page('c'), child: page('a') })).rejects.toThrow(
      'below itself',
    )
    await expect(relations.attach({ parent: page('a'), child: page('a') })).rejects.toThrow(
      'itself',
    )
    const halves = await Promise.allSettled([
      relations.attach({ parent: page('x'), child: page('y') }),
      relations.attach({ parent: page('y'), child: page('x') }),
    ])
    expect(halves.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('tells what is above and below, each once by its shortest way', async () => {
    const node = fc.constantFrom('1', '2', '3', '4', '5', '6')
    const law = fc.asyncProperty(
      fc.array(fc.tuple(node, node), { maxLength: 12 }),
      async (pairs) => {
        await emptyTables(connection.pool, 'relations')
        // Circles too, which only another version of the declared types could have left.
        for (const [from, to] of pairs)
          await connection.pool.query(
            `insert into relations (relation_type, from_type, from_id, to_type, to_id)
           values ('page->page', 'page', $1, 'page', $2) on conflict do nothing`,
            [from, to],
          )
        for (const start of ['1', '2']) {
          const found = await relations.descendants(page(start))
          expect(new Map(found.map(({ id, depth }) => [id, depth]))).toEqual(
            walkNaively(pairs, start),
          )
          const up = await relations.ancestors(page(start))
          const turned = pairs.map(([from, to]) => [to, from] as [string, string])
          expect(new Map(up.map(({ id, depth }) => [id, depth]))).toEqual(
            walkNaively(turned, start),
          )
        }
      },
    )
    await fc.assert(law, { numRuns: 40 })
  })
})

function walkNaively(pairs: readonly [string, string][], start: string): Map<string, number> {
  const depths = new Map([[start, 0]])
  const queue = [start]
  for (let node = queue.shift(); node !== undefined; node = queue.shift())
    for (const [from, to] of pairs)
      if (from === node && !depths.has(to)) {
        depths.set(to, (depths.get(node) ?? 0) + 1)
        queue.push(to)
      }
  depths.delete(start)
  return depths
}
