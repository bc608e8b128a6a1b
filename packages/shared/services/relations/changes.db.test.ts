import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { asc } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { apActivities } from '../../models/activities.ts'
import { relations as relationRows } from '../../models/relations.ts'
import { createRelationsService } from './relations-service.ts'
import { endsOf, idsOf, nodeOf, testTypes } from './test-relations.ts'

const connection = await createTestDatabase({ poolSize: 4 })
const { database } = connection
const relations = createRelationsService({ database }, { types: testTypes })
beforeEach(() => emptyTables(connection.pool, 'relations', 'ap_activities', 'event_deliveries'))
afterAll(() => connection.close())

const rye = endsOf('shelf->book', 'shelf:a', 'book:rye')
const onShelf = { parent: nodeOf('shelf:a'), child: nodeOf('book:rye') }

describe('a relation', () => {
  it('that is there keeps what a later write leaves out', async () => {
    const details = { label: 'On rye', sortOrder: 4, metadata: { pages: 12 } }
    const made = await relations.relate({ ...rye, ...details })
    expect(made).toMatchObject({ ...rye, ...details })
    expect(await relations.relate(rye)).toEqual(made)
    expect(await relations.attach({ ...onShelf, label: null })).toEqual({ ...made, label: null })
  })

  it('that is revived has its old id and nothing else of before', async () => {
    const { id } = await relations.attach({
      ...onShelf,
      label: 'Old',
      sortOrder: 9,
      metadata: { old: 1 },
    })
    expect(await relations.detach(onShelf)).toBe(true)
    expect(await relations.detach(onShelf)).toBe(false)
    const plain = await relations.attach(onShelf)
    expect(plain).toMatchObject({ id, label: null, sortOrder: 1, metadata: {} })
    await relations.unrelate(rye)
    const again = await relations.relate({ ...rye, label: 'New', sortOrder: 3, metadata: { n: 1 } })
    expect(again).toMatchObject({ id, label: 'New', sortOrder: 3, metadata: { n: 1 } })
    expect(await database.$count(relationRows)).toBe(1)
  })

  it('that is taken away is nowhere to be seen', async () => {
    await relations.relate(endsOf('menu->menu', 'menu:a', 'menu:b'))
    await relations.relate(endsOf('menu->menu', 'menu:b', 'menu:c'))
    expect(await relations.unrelate(endsOf('menu->menu', 'menu:a', 'menu:b'))).toBe(true)
    expect(await relations.children(nodeOf('menu:a'))).toEqual([])
    expect(await relations.parents(nodeOf('menu:b'))).toEqual([])
    expect(await relations.descendants(nodeOf('menu:a'))).toEqual([])
    expect(await relations.ancestors(nodeOf('menu:c'))).toEqual([{ ...nodeOf('menu:b'), depth: 1 }])
    await relations.reorder({ parent: nodeOf('menu:a'), relationType: 'menu->menu', childIds: [] })
  })

  it('is named where several are declared between two types', async () => {
    const twins = { parent: nodeOf('twin:a'), child: nodeOf('twin:b') }
    await expect(relations.attach(twins)).rejects.toThrow('name one of them')
    const made = await relations.attach({ ...twins, relationType: 'twin->rival' })
    expect(made.relationType).toBe('twin->rival')
    expect(await relations.detach({ ...twins, relationType: 'twin->twin' })).toBe(false)
    expect(await relations.detach({ ...twins, relationType: 'twin->rival' })).toBe(true)
  })

  it('is told of when it comes and goes, and not when a detail changes', async () => {
    const { id } = await relations.attach(onShelf)
    await relations.attach({ ...onShelf, label: 'Rye' })
    await relations.detach(onShelf)
    await relations.detach(onShelf)
    await relations.attach(onShelf)
    const rows = await database.select().from(apActivities).orderBy(asc(apActivities.id))
    expect(rows.map(({ type }) => type)).toEqual(['Add', 'Remove', 'Add'])
    const about = { objectType: 'Relationship', objectId: id, originApp: 'blog', payload: rye }
    for (const row of rows) expect(row).toMatchObject({ ...about, visibility: 'internal' })
  })
})

describe('all relations of a node', () => {
  it('go at once, at either end and of every type, and those of others stay', async () => {
    for (const [type, from, to] of [
      ['menu->menu', 'menu:a', 'menu:b'],
      ['menu->menu', 'menu:b', 'menu:c'],
      ['menu->menu', 'menu:b', 'menu:d'],
      ['menu->menu', 'menu:c', 'menu:e'],
      ['shelf->book', 'shelf:b', 'book:b'],
    ] as const)
      await relations.relate(endsOf(type, from, to))
    expect(await relations.detachAll(nodeOf('menu:b'))).toBe(3)
    expect(await relations.detachAll(nodeOf('menu:b'))).toBe(0)
    expect(await relations.detachAll(nodeOf('nobody:b'))).toBe(0)
    expect(await relations.children(nodeOf('menu:a'))).toEqual([])
    expect(await relations.parents(nodeOf('menu:c'))).toEqual([])
    expect(idsOf(await relations.children(nodeOf('menu:c')), 'to')).toEqual(['e'])
    expect(idsOf(await relations.children(nodeOf('shelf:b')), 'to')).toEqual(['b'])
    const told = await database.select().from(apActivities).orderBy(asc(apActivities.id))
    expect(told.map(({ type }) => type)).toEqual([
      ...Array(5).fill('Add'),
      ...Array(3).fill('Remove'),
    ])
  })

  it('come back one by one with their old ids', async () => {
    const { id } = await relations.relate(rye)
    await relations.detachAll(nodeOf('book:rye'))
    expect(await relations.relate(rye)).toMatchObject({ id })
  })

  it('of neighbours go at the same time without waiting for each other for ever', async () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    for (const one of names)
      for (const other of names)
        if (one !== other)
          await relations.relate(endsOf('town->town', `town:${one}`, `town:${other}`))
    const counts = await Promise.all(
      names.map((name) => relations.detachAll(nodeOf(`town:${name}`))),
    )
    expect(counts.reduce((sum, count) => sum + count)).toBe(5 * 4)
  })

  it('stay when the transaction of the caller is rolled back', async () => {
    await relations.relate(rye)
    const change = database.transaction(async (transaction) => {
      expect(await relations.detachAll(nodeOf('shelf:a'), transaction)).toBe(1)
      transaction.rollback()
    })
    await expect(change).rejects.toThrow('Rollback')
    expect(await relations.children(nodeOf('shelf:a'))).toHaveLength(1)
  })
})

describe('a transaction of the caller', () => {
  it('that is rolled back leaves nothing of what was written in it', async () => {
    await relations.attach({ ...onShelf, label: 'Rye' })
    const spelt = { parent: nodeOf('shelf:a'), child: nodeOf('book:spelt') }
    const change = database.transaction(async (transaction) => {
      await relations.attach(spelt, transaction)
      const childIds = ['spelt', 'rye']
      const order = { parent: onShelf.parent, relationType: 'shelf->book', childIds }
      await relations.reorder(order, transaction)
      await relations.unrelate(rye, transaction)
      await relations.detach(spelt, transaction)
      throw new Error('not after all')
    })
    await expect(change).rejects.toThrow('not after all')
    expect(await relations.children(onShelf.parent)).toMatchObject([{ label: 'Rye', sortOrder: 1 }])
    expect(await database.$count(apActivities)).toBe(1)
  })

  it('goes on after a refusal', async () => {
    await relations.attach(onShelf)
    await database.transaction(async (transaction) => {
      const other = relations.attach({ ...onShelf, parent: nodeOf('shelf:b') }, transaction)
      await expect(other).rejects.toThrow('another shelf already')
      await relations.detach(onShelf, transaction)
      await relations.attach({ ...onShelf, parent: nodeOf('shelf:b') }, transaction)
    })
    expect(idsOf(await relations.parents(onShelf.child), 'from')).toEqual(['b'])
  })

  it('goes on without the whole of a write of which the database refuses a part', async () => {
    await connection.pool.query(`
      create function refuse() returns trigger language plpgsql as $$ begin raise 'full'; end $$;
      create trigger refuse before insert on ap_activities execute function refuse()`)
    await database.transaction(async (transaction) => {
      await expect(relations.relate(rye, transaction)).rejects.toThrow()
      expect(await transaction.select().from(relationRows)).toEqual([])
    })
    await connection.pool.query('drop function refuse cascade')
  })

  it('that would not see what others have committed is refused', async () => {
    const change = database.transaction((transaction) => relations.relate(rye, transaction), {
      isolationLevel: 'repeatable read',
    })
    await expect(change).rejects.toThrow('READ COMMITTED')
    expect(await database.$count(relationRows)).toBe(0)
  })

  it('is a transaction and nothing that looks like one', async () => {
    const impostor = { rollback: () => expect.unreachable() }
    await expect(relations.relate(rye, impostor)).rejects.toThrow('no transaction')
  })
})
