import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { apActivities } from '../../models/activities.ts'
import { relations as relationRows } from '../../models/relations.ts'
import { declaredRelationTypes } from './relation-types.ts'
import { createRelationsService } from './relations-service.ts'
import { endsOf, nodeOf, testTypes } from './test-relations.ts'

const connection = await createTestDatabase({ poolSize: 20 })
const { database } = connection
const relations = createRelationsService({ database }, { types: testTypes })
beforeEach(() => emptyTables(connection.pool, 'relations', 'ap_activities', 'event_deliveries'))
afterAll(() => connection.close())

const numbers = Array.from({ length: 20 }, (_, number) => number)

async function countSuccesses(writes: readonly Promise<unknown>[]): Promise<number> {
  const results = await Promise.allSettled(writes)
  for (const result of results) {
    if (result.status === 'rejected') expect(result.reason).toMatchObject({ status: 409 })
  }
  return results.filter(({ status }) => status === 'fulfilled').length
}

it('the declared types are named by what they join, each once', () => {
  const names = declaredRelationTypes.map(({ name }) => name)
  expect(names).toEqual(declaredRelationTypes.map((type) => `${type.fromType}->${type.toType}`))
  expect(new Set(names).size).toBe(names.length)
})

describe.each([
  { type: 'lock->key', children: 1, parents: 1 },
  { type: 'shelf->book', children: 20, parents: 1 },
  { type: 'guest->table', children: 1, parents: 20 },
  { type: 'actor->film', children: 20, parents: 20 },
])('$type', ({ type, children, parents }) => {
  const [fromType, toType] = type.split('->')

  it(`gives a parent ${children} of 20 children that come at once`, async () => {
    const writes = numbers.map((n) =>
      relations.relate(endsOf(type, `${fromType}:a`, `${toType}:${n}`)),
    )
    expect(await countSuccesses(writes)).toBe(children)
    expect(await relations.children(nodeOf(`${fromType}:a`))).toHaveLength(children)
    expect(await database.$count(apActivities)).toBe(children)
  })

  it(`gives a child ${parents} of 20 parents that come at once`, async () => {
    const writes = numbers.map((n) =>
      relations.relate(endsOf(type, `${fromType}:${n}`, `${toType}:a`)),
    )
    expect(await countSuccesses(writes)).toBe(parents)
    expect(await relations.parents(nodeOf(`${toType}:a`))).toHaveLength(parents)
  })

  it('tells beforehand what would be refused, and why', async () => {
    await relations.relate(endsOf(type, `${fromType}:a`, `${toType}:a`))
    for (const ends of [
      endsOf(type, `${fromType}:a`, `${toType}:a`),
      endsOf(type, `${fromType}:a`, `${toType}:b`),
      endsOf(type, `${fromType}:b`, `${toType}:a`),
    ]) {
      const answer = await relations.canRelate(ends)
      const write = database.transaction(async (transaction) => {
        await relations.relate(ends, transaction)
        transaction.rollback()
      })
      await expect(write).rejects.toThrow(answer.can ? 'Rollback' : answer.reason)
    }
  })

  it('is free again once what was there is taken away', async () => {
    const first = endsOf(type, `${fromType}:a`, `${toType}:a`)
    await relations.relate(first)
    await relations.unrelate(first)
    await relations.relate(endsOf(type, `${fromType}:a`, `${toType}:b`))
    await relations.relate(endsOf(type, `${fromType}:b`, `${toType}:a`))
    expect(await relations.canRelate(first)).toMatchObject({ can: children > 1 && parents > 1 })
  })
})

it('the same relation made 20 times at once is one, and told of once', async () => {
  const ends = endsOf('lock->key', 'lock:a', 'key:a')
  const made = await Promise.all(numbers.map(() => relations.relate(ends)))
  expect(new Set(made.map(({ id }) => id)).size).toBe(1)
  expect(await database.$count(relationRows)).toBe(1)
  expect(await database.$count(apActivities)).toBe(1)
})

it('many children that come at once each get a place of their own', async () => {
  const writes = numbers.map((n) => relations.relate(endsOf('shelf->book', 'shelf:a', `book:${n}`)))
  const places = (await Promise.all(writes)).map(({ sortOrder }) => sortOrder)
  expect(places.toSorted((one, other) => one - other)).toEqual(numbers.map((n) => n + 1))
})

describe('a tree', () => {
  it('has no circle at any height, which is told beforehand too', async () => {
    for (let n = 0; n < 70; n++) {
      await relations.relate(endsOf('menu->menu', `menu:${n}`, `menu:${n + 1}`))
    }
    const circle = endsOf('menu->menu', 'menu:70', 'menu:0')
    const reason = 'That would put a menu below itself.'
    expect(await relations.canRelate(circle)).toEqual({ can: false, reason })
    await expect(relations.relate(circle)).rejects.toThrow(reason)
    await relations.unrelate(endsOf('menu->menu', 'menu:30', 'menu:31'))
    expect(await relations.canRelate(circle)).toEqual({ can: true })
  })

  it('never closes to a circle when each link of it comes at once', async () => {
    const length = 8
    for (const type of ['menu', 'wagon']) {
      const writes = numbers.slice(0, length).map((n) => {
        return relations.relate(
          endsOf(`${type}->${type}`, `${type}:${n}`, `${type}:${(n + 1) % length}`),
        )
      })
      expect(await countSuccesses(writes)).toBe(length - 1)
    }
  })
})

it('what is no tree may have circles, but nothing is related to itself', async () => {
  await relations.relate(endsOf('town->town', 'town:a', 'town:b'))
  await relations.relate(endsOf('town->town', 'town:b', 'town:a'))
  const self = endsOf('town->town', 'town:a', 'town:a')
  await expect(relations.relate(self)).rejects.toThrow('cannot be related to itself')
})
