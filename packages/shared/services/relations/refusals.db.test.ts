import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { relations as relationRows } from '../../models/relations.ts'
import { createRelationsService } from './relations-service.ts'
import { endsOf, idsOf, nodeOf, testTypes } from './test-relations.ts'

const connection = await createTestDatabase()
const { database } = connection
const relations = createRelationsService({ database }, { types: testTypes })
beforeEach(() => emptyTables(connection.pool, 'relations'))
afterAll(() => connection.close())

const shelf = nodeOf('shelf:a')
const fine = endsOf('shelf->book', 'shelf:a', 'book:a')
const order = { parent: shelf, relationType: 'shelf->book' }

describe('a write', () => {
  it.each([
    {
      what: 'of an unknown type',
      ends: endsOf('shelf->cat', 'shelf:a', 'cat:a'),
      says: 'no relation type “shelf->cat”',
    },
    {
      what: 'from a node of another type',
      ends: endsOf('shelf->book', 'page:a', 'book:a'),
      says: 'begins at a shelf, and not a page',
    },
    {
      what: 'to a node of another type',
      ends: endsOf('shelf->book', 'shelf:a', 'page:a'),
      says: 'leads to a book, and not a page',
    },
    {
      what: 'the wrong way round',
      ends: endsOf('shelf->book', 'book:a', 'shelf:a'),
      says: 'begins at a shelf, and not a book',
    },
    {
      what: 'from an empty id',
      ends: endsOf('shelf->book', 'shelf:', 'book:a'),
      says: 'its id is missing',
    },
    {
      what: 'to an empty id',
      ends: endsOf('shelf->book', 'shelf:a', 'book:'),
      says: 'its id is missing',
    },
    {
      what: 'to an id with a space',
      ends: endsOf('shelf->book', 'shelf:a', 'book:a b'),
      says: 'not of this id',
    },
    {
      what: 'to an id with a NUL',
      ends: endsOf('shelf->book', 'shelf:a', 'book:a\0'),
      says: 'not of this id',
    },
    {
      what: 'to an endless id',
      ends: endsOf('shelf->book', 'shelf:a', `book:${'a'.repeat(201)}`),
      says: 'not of this id',
    },
  ])('$what is refused by every method, and changes nothing', async ({ ends, says }) => {
    await relations.relate(fine)
    const { from: parent, to: child, relationType } = ends
    const before = await database.select().from(relationRows)
    for (const attempt of [
      () => relations.relate(ends),
      () => relations.unrelate(ends),
      () => relations.canRelate(ends),
      () => relations.attach({ parent, child, relationType }),
      () => relations.detach({ parent, child, relationType }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({
        name: 'InvalidInputError',
        message: expect.stringContaining(says),
      })
    }
    expect(await database.select().from(relationRows)).toEqual(before)
  })

  it.each([
    { sortOrder: 1.5 },
    { sortOrder: -3_000_000_000 },
    { sortOrder: 3_000_000_000 },
    { sortOrder: Number.NaN },
    { label: '' },
    { label: 'two\nlines' },
    { label: 'a\0' },
    { label: 'a'.repeat(201) },
    { metadata: { deep: [{ note: 'a\0' }] } },
    { metadata: { 'a\0': 1 } },
  ])('with $sortOrder $label $metadata is refused and changes nothing', async (details) => {
    const made = await relations.relate({ ...fine, label: 'Kept' })
    const refused = { name: 'InvalidInputError' }
    await expect(relations.relate({ ...fine, ...details })).rejects.toMatchObject(refused)
    const other = { ...fine, to: nodeOf('book:b'), ...details }
    await expect(relations.relate(other)).rejects.toMatchObject(refused)
    expect(await relations.children(shelf)).toEqual([made])
  })

  it('between types that nothing joins is refused', async () => {
    const attempt = relations.attach({ parent: shelf, child: nodeOf('page:a') })
    await expect(attempt).rejects.toThrow('No relation leads from a shelf to a page.')
  })
})

describe('an order', () => {
  it.each([
    { childIds: ['a', 'b'], says: 'Missing in the order: c.' },
    { childIds: ['a', 'b', 'c', 'x', 'y'], says: 'No children of it: x, y.' },
    { childIds: ['a', 'b', 'c', 'b'], says: 'A child is named twice: b.' },
    { childIds: ['a', 'b', 'gone'], says: 'No children of it: gone.' },
  ])('of $childIds is refused, naming what is wrong', async ({ childIds, says }) => {
    for (const id of ['c', 'b', 'a', 'gone']) {
      await relations.attach({ parent: shelf, child: nodeOf(`book:${id}`) })
    }
    await relations.detach({ parent: shelf, child: nodeOf('book:gone') })
    await expect(relations.reorder({ ...order, childIds })).rejects.toThrow(says)
    expect(idsOf(await relations.children(shelf), 'to')).toEqual(['c', 'b', 'a'])
  })

  it('of an unknown type, or of a parent that is none, is refused', async () => {
    const none = relations.reorder({ parent: shelf, relationType: 'x', childIds: [] })
    await expect(none).rejects.toThrow('no relation type “x”')
    const wrong = relations.reorder({ ...order, parent: nodeOf('book:a'), childIds: [] })
    await expect(wrong).rejects.toThrow('begins at a shelf, and not a book')
  })
})

describe('a question', () => {
  it.each([
    { what: 'of an unknown type', node: 'shelf:a', question: { relationType: 'x' } },
    {
      what: 'of a type that does not begin there',
      node: 'book:a',
      question: { relationType: 'shelf->book' },
    },
    { what: 'of a node of no known type', node: 'cat:a', question: {} },
    { what: 'of a node without an id', node: 'shelf:', question: {} },
    { what: 'with no limit to speak of', node: 'shelf:a', question: { limit: 0 } },
    { what: 'with a limit that is no number', node: 'shelf:a', question: { limit: Number.NaN } },
  ])('$what is refused', async ({ node, question }) => {
    const refused = { name: 'InvalidInputError' }
    await expect(relations.children(nodeOf(node), question)).rejects.toMatchObject(refused)
    await expect(relations.descendants(nodeOf(node), question)).rejects.toMatchObject(refused)
  })

  it('goes on only from a relation of the same list', async () => {
    const elsewhere = await relations.relate(endsOf('shelf->book', 'shelf:b', 'book:b'))
    for (const after of [elsewhere.id, 'x', '00000000-0000-4000-8000-000000000000']) {
      await expect(relations.children(shelf, { after })).rejects.toThrow('no such relation')
    }
  })

  it('of a node that nothing is known of has no answers', async () => {
    expect(await relations.children(shelf)).toEqual([])
    expect(await relations.parents(nodeOf('book:a'))).toEqual([])
    expect(await relations.ancestors(nodeOf('book:a'))).toEqual([])
    expect(await relations.descendants(shelf, { maxDepth: 1 })).toEqual([])
  })
})
