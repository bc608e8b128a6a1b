import { createLog } from '@rose-ash/shared/infrastructure/log'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEdges, type Edges, outgoing } from './edges.ts'
import { GraphViews } from './graph-views.ts'
import type { KvValue } from './kv/kv-store.ts'
import { MemoryKvStore } from './kv/memory-kv-store.ts'
import { findDifference, graphOperation, isSymmetric, perform } from './test-operations.ts'

/** `GRAPH_ROUNDS=100000` for the long run. */
const rounds = Number(process.env['GRAPH_ROUNDS'] ?? 10_000)

const log = createLog({ app: 'blog', level: 'silent' })

async function openGraph(): Promise<{ store: MemoryKvStore; edges: Edges; views: GraphViews }> {
  const store = new MemoryKvStore()
  const edges = createEdges(store, isSymmetric)
  return { store, edges, views: await GraphViews.open({ store, log }) }
}

describe('edges', () => {
  test('are read from both ends, once however often they are added', async () => {
    const { edges, store } = await openGraph()
    await edges.add({ source: 'soup', kind: 'is-a', target: 'recipe' })
    expect(await edges.add({ source: 'soup', kind: 'is-a', target: 'recipe' })).toBe(0)
    expect(await edges.targets('soup', 'is-a')).toEqual(['recipe'])
    expect(await edges.sources('recipe', 'is-a')).toEqual(['soup'])
    expect(await edges.targets('recipe', 'is-a')).toEqual([])
    await edges.remove({ source: 'soup', kind: 'is-a', target: 'recipe' })
    expect(await store.scan([])).toEqual([])
    expect(await edges.remove({ source: 'soup', kind: 'is-a', target: 'recipe' })).toBe(0)
  })

  test('of a symmetric kind hold both ways', async () => {
    const { edges, store } = await openGraph()
    await edges.add({ source: 'soup', kind: 'related', target: 'bread' })
    expect(await edges.targets('bread', 'related')).toEqual(['soup'])
    await edges.remove({ source: 'bread', kind: 'related', target: 'soup' })
    expect(await store.scan([])).toEqual([])
  })

  test('have names that no glue could tell apart', async () => {
    const { edges } = await openGraph()
    await edges.add({ source: 'a|is-a', kind: 'is-a', target: 'b' })
    await edges.add({ source: 'a', kind: 'is-a|is-a', target: 'b' })
    await edges.add({ source: 'a', kind: 'is-a', target: 'https://elsewhere.example/a|b' })
    expect(await edges.targets('a', 'is-a')).toEqual(['https://elsewhere.example/a|b'])
    expect(await edges.sources('b', 'is-a')).toEqual(['a|is-a'])
  })

  test('of every kind go with the object at either end', async () => {
    const { edges, store } = await openGraph()
    for (const kind of ['is-a', 'conj', 'disj', 'related', 'cites']) {
      await edges.add({ source: 'gone', kind, target: 'other' })
      await edges.add({ source: 'third', kind, target: 'gone' })
    }
    await edges.add({ source: 'third', kind: 'cites', target: 'other' })
    await edges.removeObject('gone')
    expect(await edges.from('third')).toEqual([{ source: 'third', kind: 'cites', target: 'other' }])
    expect(await store.scan([])).toHaveLength(2)
  })
})

describe('views', () => {
  test('follow each write, and can say why', async () => {
    const { edges, views } = await openGraph()
    await edges.add({ source: 'soup', kind: 'is-a', target: 'recipe' })
    const cursor = await edges.add({ source: 'recipe', kind: 'subtype-of', target: 'article' })
    await views.reach(cursor)
    expect(views.database.has('instance', ['soup', 'article'])).toBe(true)
    expect(views.database.explain('instance', ['soup', 'article'])?.children).toHaveLength(2)
    await views.reach(await edges.removeObject('recipe'))
    expect(views.database.rows('instance')).toEqual([])
  })

  test('tell of a change as what came and what went', async () => {
    const { edges, views } = await openGraph()
    const changes: unknown[] = []
    views.onChange(({ added, removed }) => changes.push([added['instance'], removed['instance']]))
    await edges.add({ source: 'recipe', kind: 'subtype-of', target: 'article' })
    await edges.add({ source: 'soup', kind: 'is-a', target: 'recipe' })
    await views.reach(
      await edges.change({
        add: [{ source: 'soup', kind: 'is-a', target: 'article' }],
        remove: [{ source: 'soup', kind: 'is-a', target: 'recipe' }],
      }),
    )
    expect(changes.at(-1)).toEqual([undefined, [['soup', 'recipe']]])
  })

  test('know what stands in fields, and what two objects have in common there', async () => {
    const { store, views } = await openGraph()
    const fill = async (object: string, values: KvValue) =>
      views.reach(await store.put(['fields', object], values))
    await fill('soup', {
      serves: 40,
      makes: 'bowls',
      vegan: true,
      note: '',
      story: 'x'.repeat(501),
    })
    await fill('stew', { serves: 4, makes: 'bowls' })
    const { database } = views
    expect(database.rel('field').where(['soup'])).toHaveLength(3)
    expect(database.has('field', ['soup', 'vegan', 'yes'])).toBe(true)
    expect(database.rel('shares_value').where(['soup'])).toEqual([['soup', 'stew', 'makes']])
    const few = database.query('?- field(P, "serves", N), N < 10.')
    expect(few).toEqual([['stew', 4]])
    await fill('soup', { serves: 6 })
    expect(database.rel('field').where(['soup'])).toEqual([['soup', 'serves', 6]])
    await views.reach(await store.delete(['fields', 'soup']))
    expect(database.rel('field').where(['soup'])).toEqual([])
  })

  test('that were away too long read everything again', async () => {
    const store = new MemoryKvStore({ historyLength: 5 })
    const edges = createEdges(store, isSymmetric)
    await edges.add({ source: 'soup', kind: 'is-a', target: 'recipe' })
    await edges.add({ source: 'stew', kind: 'is-a', target: 'recipe' })
    await using views = await GraphViews.open({ store, log })
    const changes = Array.from({ length: 20 }, (_, number) => ({
      source: `post ${number}`,
      kind: 'is-a',
      target: 'recipe',
    }))
    // As one batch, so that nothing is told before all of it is forgotten.
    const remove = [{ source: 'soup', kind: 'is-a', target: 'recipe' }]
    await views.reach(await edges.change({ add: changes, remove }))
    expect(await findDifference(views, store)).toBeUndefined()
    expect(views.database.rows('is_a')).toHaveLength(21)
  })

  test('are the same when they are loaded from the store', async () => {
    const { edges, store } = await openGraph()
    for (const target of ['a', 'b', 'c']) await edges.add({ source: 'x', kind: 'is-a', target })
    await using views = await GraphViews.open({ store, log })
    expect(views.database.rows('instance')).toHaveLength(3)
    expect(await store.scan(outgoing)).toHaveLength(3)
  })

  test(
    'equal a naive evaluation after any sequence of operations',
    { timeout: 240_000 },
    async () => {
      const operations = fc.array(graphOperation(['a', 'b', 'c', 'd', 'e', 'f']), { maxLength: 12 })
      let graph = await openGraph()
      let runs = 0
      const law = fc.asyncProperty(operations, async (sequence) => {
        // A new graph costs more than a sequence; one that is never empty is as good.
        runs += 1
        if (runs % 200 === 0) graph = await openGraph()
        const { edges, store, views } = graph
        for (const operation of sequence) await perform({ edges, store }, operation)
        await views.follow()
        const difference = await findDifference(views, store)
        if (difference !== undefined) throw new Error(difference)
      })
      await fc.assert(law, { numRuns: rounds })
    },
  )
})
