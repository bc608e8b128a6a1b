import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEdges } from '../../../graph/edges.ts'
import { PostgresKvStore } from '../../../graph/kv/postgres-kv-store.ts'
import { createImportTarget, type ImportTarget } from '../test-import.ts'
import { plantGraph } from './test-graph.ts'
import { bringElsewhere, withParts } from './test-own-parts.ts'

const path = 'rose-ash/graph.json'
let target: ImportTarget
let moved: Awaited<ReturnType<typeof bringElsewhere>>
beforeAll(async () => {
  target = await createImportTarget()
  await plantGraph(target)
  moved = await bringElsewhere(target)
})
afterAll(async () => {
  await moved[Symbol.asyncDispose]()
  await target[Symbol.asyncDispose]()
})

const lists = ['types', 'relations', 'edges', 'values', 'lists'] as const
/** Edges and values stand in the order of ids that chance gave. */
function contentOf(json: string) {
  const content = JSON.parse(json)
  return lists.map((list) => content[list].map((row: object) => JSON.stringify(row)).toSorted())
}

const graphOf = (place: ImportTarget) =>
  place.query('select encode(key, $$hex$$) as key, value from kv_entries order by key')

describe('a graph that was exported and imported elsewhere', () => {
  it('is the same when it is exported again', async () => {
    expect(moved.result.warnings).toEqual([])
    const { archive } = await moved.exportAgain()
    expect(contentOf(archive.read(path))).toEqual(contentOf(moved.first.archive.read(path)))
    const { types, edges, values } = JSON.parse(archive.read(path))
    expect(types).toContainEqual(
      expect.objectContaining({ slug: 'recipe', title: 'Recipe', description: 'How.' }),
    )
    expect(types).toContainEqual(expect.objectContaining({ slug: 'article', fields: [] }))
    expect(edges.filter(({ kind }: { kind: string }) => kind === 'pairs-with')).toHaveLength(2)
    expect(values).toHaveLength(1)
  })

  it('leads to what is there', async () => {
    const [loaf, soup] = await moved.empty.query(
      `select 'post:' || id as name from posts where slug in ('loaf', 'soup') order by slug`,
    )
    const store = new PostgresKvStore({ database: moved.empty.connection.database })
    const source = String(loaf?.['name'])
    expect(await store.get(['fields', source])).toEqual({ minutes: 90, after: soup?.['name'] })
    const edges = createEdges(store, () => false)
    expect(await edges.targets(source, 'is-a')).toEqual(['type:recipe'])
    expect(await edges.targets(source, 'related')).toEqual(['https://example.org/'])
    expect(await edges.sources(source, 'pairs-with')).toEqual([soup?.['name']])
    expect(await store.get(['query', 'with-soup'])).toMatchObject({
      text: `?- link("${String(soup?.['name'])}", "pairs-with", P).`,
    })
  })

  it('stays as it is when it is imported again, also what was changed since', async () => {
    const { database } = moved.empty.connection
    const store = new PostgresKvStore({ database })
    const [loaf] = await moved.empty.query(`select id from posts where slug = 'loaf'`)
    await store.put(['fields', `post:${String(loaf?.['id'])}`], { minutes: 60, after: 'post:none' })
    const before = await graphOf(moved.empty)
    const cursor = await store.cursor()
    const { warnings, created, updated } = await moved.empty.run(moved.first.file)
    expect({ warnings, created, updated }).toEqual({ warnings: [], created: 0, updated: 0 })
    expect(await graphOf(moved.empty)).toEqual(before)
    expect(await store.cursor()).toBe(cursor)
  })
})

describe('a graph that is not sound', () => {
  const run = async (content: string) => {
    const before = await graphOf(moved.empty)
    const file = await withParts(moved.empty, moved.first, { [path]: content })
    const { warnings } = await moved.empty.run(file)
    return {
      warnings,
      isUnchanged: JSON.stringify(await graphOf(moved.empty)) === JSON.stringify(before),
    }
  }
  const exported = () => JSON.parse(moved.first.archive.read(path))
  const postNames = () => {
    const found: { source: string }[] = exported().edges
    return [...new Set(found.map(({ source }) => source))].filter((name) =>
      name.startsWith('post:'),
    )
  }

  it.each([
    ['a relation that is not here', { kind: 'nothing' }, /no such relation/],
    ['an end that is not here', { target: `post:${'a'.repeat(24)}` }, /ends is not here/],
    ['an end that is a raw id', { target: `post:${crypto.randomUUID()}` }, /ends is not here/],
    ['an end that is no name', { target: 'javascript:alert(1)' }, /ends is not here/],
    ['a type that is not here', { kind: 'is-a', target: 'type:nothing' }, /ends is not here/],
    ['no target', { target: undefined }, /field “target” cannot be read/],
  ])('loses an edge with %s', async (_what, some, reason) => {
    const edge = {
      source: postNames()[0],
      kind: 'related',
      target: 'https://example.org/',
      ...some,
    }
    const { warnings, isUnchanged } = await run(JSON.stringify({ edges: [edge] }))
    expect(warnings).toEqual([expect.stringMatching(/^rose-ash\/graph\.json, edges, row 1: /)])
    expect(warnings[0]).toMatch(reason)
    expect(isUnchanged).toBe(true)
  })

  it.each([
    ['another text', { text: '?- is_a(P, "type:recipe").' }, /another one here, which was kept/],
    ['a text that cannot be read', { slug: 'new', text: '?- is_a(P' }, /row 1: /],
    [
      'a name that is not here',
      { slug: 'new', text: `?- related("post:${'a'.repeat(24)}", P).` },
      /not here/,
    ],
    ['an address that is none', { slug: '../x' }, /field “slug” cannot be read/],
  ])('loses a list with %s', async (_what, some, reason) => {
    const lists = [{ ...exported().lists[0], ...some }]
    const { warnings, isUnchanged } = await run(JSON.stringify({ lists }))
    expect(warnings.join()).toMatch(reason)
    expect(isUnchanged).toBe(true)
  })

  it('loses an edge that its relation does not lead to, and takes one that it leads to', async () => {
    const [loaf = '', soup = ''] = postNames()
    const declares = { source: 'type:recipe', kind: 'declares', target: 'relation:contains' }
    const edges = [
      { source: soup, kind: 'contains', target: 'type:article' },
      { source: soup, kind: 'contains', target: loaf },
      declares,
    ]
    const { warnings } = await run(JSON.stringify({ edges }))
    expect(warnings).toEqual([
      'rose-ash/graph.json, edges, row 1: its relation leads to what is of another type; it was left out.',
    ])
    const store = new PostgresKvStore({ database: moved.empty.connection.database })
    const rows = await moved.empty.query(`select id from posts where slug in ('loaf', 'soup')`)
    const found = rows.map(({ id }) => createEdges(store, () => false).from(`post:${String(id)}`))
    const contained = (await Promise.all(found)).flat().filter(({ kind }) => kind === 'contains')
    expect(contained).toEqual([
      expect.objectContaining({ target: expect.stringMatching(/^post:/) }),
    ])
  })

  it('loses an edge to what has all that it may have', async () => {
    const [one] = exported().edges.filter(({ kind }: { kind: string }) => kind === 'made-by')
    const other = postNames().find((name) => name !== one.source)
    const { warnings, isUnchanged } = await run(
      JSON.stringify({ edges: [{ ...one, source: other }] }),
    )
    expect(warnings.join('')).toMatch(/has all that it may have/)
    expect(isUnchanged).toBe(true)
  })

  it('leaves types that differ here, and warns of what cannot be one', async () => {
    const type = { title: 'Other', description: '', fields: [], schema: [] }
    const { warnings, isUnchanged } = await run(
      JSON.stringify({
        types: [
          { ...type, slug: 'recipe' },
          { ...type, slug: 'loaf' },
          { ...type, slug: 'Not a slug' },
          { ...type, slug: 'admin' },
          { ...type, slug: 'fine', fields: [{ name: 'Not a name', label: 'x', valueType: 'Int' }] },
        ],
        values: [{ object: 'post:1', values: { a: 1 } }],
      }),
    )
    expect(warnings.map((warning) => /types, row \d|values, row \d/.exec(warning)?.[0])).toEqual([
      'types, row 5',
      'types, row 1',
      'types, row 2',
      'types, row 3',
      'types, row 4',
      'values, row 1',
    ])
    expect(isUnchanged).toBe(true)
    const rows = await moved.empty.query(`select slug from posts where title = 'Other'`)
    expect(rows).toEqual([])
  })

  it('changes nothing when its file is cut, though what came before was sound', async () => {
    const fresh = { slug: 'fresh', title: 'Fresh', description: '', fields: [], schema: [] }
    const json = JSON.stringify({ types: [fresh], edges: [] })
    const { warnings, isUnchanged } = await run(json.slice(0, -3))
    expect(warnings.join('')).toMatch(/^rose-ash\/graph\.json: .*Nothing of it was taken over\.$/)
    expect(isUnchanged).toBe(true)
    expect(await moved.empty.query(`select 1 from posts where slug = 'fresh'`)).toEqual([])
  })
})
