import { createLog } from '@rose-ash/shared/infrastructure/log'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createPost, createTag } from '@rose-ash/testing/factories/post'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { outgoing } from '../../graph/edges.ts'
import { loadGhostPackages } from '../documents/ghost-packages.ts'
import { createDocumentRenderer, type DocumentRenderer } from '../documents/render.ts'
import { blankContent } from '../posts/read-content.ts'
import { savePost, type SaveResult } from '../posts/save-post.ts'
import { findCandidates } from './candidates.ts'
import { putRelation, putType } from './catalog.ts'
import { deletePost } from './delete-post.ts'
import { explainType } from './explain-type.ts'
import { readFieldValues } from './field-values.ts'
import { markdownDocument } from './markdown-body.ts'
import { objectName, typeName } from './names.ts'
import { createGraphAccess, type Graph, type GraphAccess } from './open-graph.ts'
import { relate, unrelate } from './relate.ts'
import { seedEdges } from './seeds.ts'
import { instancesOf, typesOf } from './types-of.ts'

const connection = await createTestDatabase()
const { database } = connection
const log = createLog({ app: 'blog', level: 'silent' })
let access: GraphAccess
let graph: Graph
let renderer: DocumentRenderer

beforeAll(async () => {
  renderer = createDocumentRenderer(await loadGhostPackages())
  access = createGraphAccess({ connection, log })
  graph = await access.open()
})
afterAll(async () => {
  await access[Symbol.asyncDispose]()
  await connection.close()
})

/** A type below article, as an editor would make it. */
async function createRecipeType(slug: string): Promise<void> {
  await createPost(database, { type: 'type', slug, title: 'Recipe' })
  await graph.store.write([
    putType(slug, {
      fields: [
        { name: 'serves', label: 'Serves', valueType: 'Int' },
        { name: 'cook', label: 'Cook', valueType: 'Reference', target: 'article' },
        { name: 'vegan', label: 'Vegan', valueType: 'Bool' },
      ],
      schema: [{ block: 'list', message: 'A recipe needs a list of what goes in.' }],
    }),
  ])
  await graph.edges.add({ source: typeName(slug), kind: 'subtype-of', target: typeName('article') })
  await graph.views.follow()
}

interface Written {
  readonly id?: string
  readonly title: string
  readonly types: readonly string[]
  readonly markdown: string
  readonly fields: Readonly<Record<string, string>>
}

const draft: Written = { title: 'Soup', types: [], markdown: '', fields: {} }

/** As the form saves it. */
async function save({ id, title, types, markdown, fields }: Written): Promise<SaveResult> {
  const body = await renderer.render(markdownDocument(markdown))
  const content = { ...blankContent, title, types, fields, status: 'published' as const }
  return savePost(graph, {
    id,
    type: 'post',
    content: { ...content, lexical: body.lexical },
    body,
    reason: 'save',
  })
}

describe('a new graph', () => {
  test('has the types and relations that every site begins with, however often it is opened', async () => {
    const before = await graph.store.scan(outgoing)
    await using again = createGraphAccess({ connection, log })
    const second = await again.open()
    expect(await graph.store.scan(outgoing)).toEqual(before)
    expect(before).toHaveLength(seedEdges.length)
    expect(second.catalog.relations).toContain('is-a')
    expect(second.catalog.isSymmetric('related')).toBe(true)
    const { rows } = await connection.pool.query(
      `select slug from posts where type = 'type' order by slug`,
    )
    expect(rows.map(({ slug }) => slug)).toEqual(['article', 'relation', 'tag', 'type'])
  })

  test('offers type, tag and article as types of a post', async () => {
    const page = { source: 'post:x', kind: 'is-a', query: '', offset: 0, limit: 10 }
    const { candidates } = await findCandidates(graph, page)
    expect(candidates.map(({ name }) => name)).toEqual(
      expect.arrayContaining([typeName('article'), typeName('tag'), typeName('type')]),
    )
  })
})

describe('relating', () => {
  test('is refused with a reason where the relation does not lead', async () => {
    const [post, other] = [
      await createPost(database),
      await createPost(database, { title: 'Stew' }),
    ]
    const edge = { source: objectName('post', post.id), target: objectName('post', other.id) }
    const result = await relate(graph, { ...edge, kind: 'is-a' })
    expect(result).toMatchObject({ status: 'refused', reason: expect.stringContaining('“Type”') })
    expect(await relate(graph, { ...edge, kind: 'nonsense' })).toMatchObject({ status: 'refused' })
    expect(await relate(graph, { ...edge, target: edge.source, kind: 'related' })).toMatchObject({
      status: 'refused',
    })
    const gone = objectName('post', '00000000-0000-4000-8000-000000000000')
    expect(await relate(graph, { ...edge, target: gone, kind: 'related' })).toMatchObject({
      status: 'refused',
    })
    expect(await graph.edges.from(edge.source)).toEqual([])
  })

  test('works both ways for a symmetric relation, and to addresses elsewhere', async () => {
    const [post, other] = [await createPost(database), await createPost(database)]
    const [source, target] = [objectName('post', post.id), objectName('post', other.id)]
    expect(await relate(graph, { source, kind: 'related', target })).toEqual({ status: 'done' })
    expect(await graph.edges.targets(target, 'related')).toEqual([source])
    const elsewhere = 'https://market.example/products/rye/'
    await relate(graph, { source, kind: 'links-to', target: elsewhere })
    expect(graph.views.database.query(`neighbour("${source}", "links-to", X)`)).toHaveLength(1)
  })

  test('respects how many there may be, also of many at once', async () => {
    await createPost(database, { type: 'relation', slug: 'mainly-about', title: 'Mainly about' })
    const spec = { label: 'Mainly about', inverseLabel: 'Main subject of', isSymmetric: false }
    await graph.store.write([putRelation('mainly-about', { ...spec, cardinality: 'many-to-one' })])
    await graph.views.follow()
    const post = await createPost(database)
    const subjects = await Promise.all(Array.from({ length: 8 }, () => createPost(database)))
    const results = await Promise.all(
      subjects.map(({ id }) =>
        relate(graph, {
          source: objectName('post', post.id),
          kind: 'mainly-about',
          target: objectName('post', id),
        }),
      ),
    )
    expect(results.filter(({ status }) => status === 'done')).toHaveLength(1)
    expect(await graph.edges.targets(objectName('post', post.id), 'mainly-about')).toHaveLength(1)
  })

  test('with a tag shows the post on the tag’s page, and no longer when it is undone', async () => {
    const [post, tag] = [await createPost(database), await createTag(database)]
    const name = objectName('tag', tag.id)
    await relate(graph, { source: name, kind: 'is-a', target: typeName('tag') })
    const edge = { source: objectName('post', post.id), kind: 'tagged', target: name }
    expect(await relate(graph, edge)).toEqual({ status: 'done' })
    const count = async () =>
      (await connection.pool.query('select 1 from post_tags where tag_id = $1', [tag.id])).rowCount
    expect(await count()).toBe(1)
    await unrelate(graph, edge)
    expect(await count()).toBe(0)
  })

  test('to a type is offered types, and not what is of them', async () => {
    const [post, other] = [
      await createPost(database),
      await createPost(database, { title: 'Essay' }),
    ]
    const [source, article] = [objectName('post', post.id), objectName('post', other.id)]
    await relate(graph, { source: article, kind: 'is-a', target: typeName('article') })
    expect(graph.views.database.has('candidate', ['relation:is-a', article])).toBe(true)
    const page = await findCandidates(graph, {
      source,
      kind: 'is-a',
      query: 'essay',
      offset: 0,
      limit: 9,
    })
    expect(page.candidates).toEqual([])
    expect(await relate(graph, { source, kind: 'is-a', target: article })).toMatchObject({
      status: 'refused',
    })
  })

  test('keeps what every site needs', async () => {
    for (const edge of seedEdges.slice(0, 3))
      expect(await unrelate(graph, edge)).toMatchObject({ status: 'refused' })
  })
})

describe('candidates', () => {
  test('are searched by title and address, page by page, without what is related already', async () => {
    const source = objectName('post', (await createPost(database, { title: 'Me' })).id)
    for (const title of ['Zebra cake', 'Apple cake', '100% cake'])
      await createPost(database, { title, slug: title.toLowerCase().replaceAll(/\W+/g, '-') })
    const find = async (query: string, offset = 0, limit = 2) => {
      const page = await findCandidates(graph, { source, kind: 'related', query, offset, limit })
      return [page.candidates.map(({ title }) => title), page.hasMore]
    }
    expect(await find('CAKE')).toEqual([['100% cake', 'Apple cake'], true])
    expect(await find('cake', 2)).toEqual([['Zebra cake'], false])
    expect(await find('0%')).toEqual([['100% cake'], false])
    expect(await find('apple-cake')).toEqual([['Apple cake'], false])
    const [apple] = (
      await findCandidates(graph, { source, kind: 'related', query: 'Apple', offset: 0, limit: 1 })
    ).candidates
    await relate(graph, { source, kind: 'related', target: apple!.name })
    expect(await find('cake')).toEqual([['100% cake', 'Zebra cake'], false])
    expect((await find('Me'))[0]).not.toContain('Me')
  })
})

describe('a typed post', () => {
  test('is refused with what its types say, and changes nothing', async () => {
    await createRecipeType('recipe')
    const form = { serves: 'many', cook: 'post:nobody' }
    const result = await save({
      ...draft,
      types: ['recipe'],
      markdown: 'Just words.',
      fields: form,
    })
    expect(result).toEqual({
      status: 'refused',
      messages: ['An article needs a heading.', 'A recipe needs a list of what goes in.'],
      problems: [
        { field: 'serves', message: 'Serves is a whole number, such as 12.' },
        { field: 'cook', message: 'Cook leads to something of the type “article”.' },
      ],
    })
    const { rowCount } = await connection.pool.query(`select 1 from posts where title = 'Soup'`)
    expect(rowCount).toBe(0)
  })

  test('keeps its types and fields, is of every type above, and can say why', async () => {
    await createRecipeType('stew')
    const saved = await save({
      ...draft,
      types: ['stew'],
      markdown: '# Soup\n\n- water\n- salt',
      fields: { serves: '4', vegan: 'on', subtitle: 'Warm' },
    })
    if (saved.status !== 'saved') throw new Error(JSON.stringify(saved))
    const name = objectName('post', saved.change.id)
    expect(await readFieldValues(graph.store, name)).toMatchObject({
      serves: 4,
      vegan: true,
      subtitle: 'Warm',
    })
    expect(typesOf(graph, name)).toEqual(['article', 'stew', 'type'])
    expect(instancesOf(graph, typeName('article'))).toContain(name)
    expect(await explainType(graph, name, typeName('article'))).toEqual([
      '“Soup” is of the type “Recipe”.',
      '“Recipe” is a subtype of “Article”.',
    ])
    const { rows } = await connection.pool.query('select html from posts where id = $1', [
      saved.change.id,
    ])
    expect(rows[0].html).toContain('<li>water</li>')
  })

  test('loses a type that it is saved without, and keeps the values it had', async () => {
    await createRecipeType('pie')
    const first = { ...draft, title: 'Pie', types: ['pie'], markdown: '# Pie\n\n- dough' }
    const saved = await save({ ...first, fields: { serves: '6' } })
    if (saved.status !== 'saved') throw new Error(JSON.stringify(saved))
    const again = await save({ ...first, id: saved.change.id, types: [] })
    expect(again).toMatchObject({ status: 'saved', version: 2 })
    const name = objectName('post', saved.change.id)
    expect(typesOf(graph, name)).toEqual([])
    expect(await readFieldValues(graph.store, name)).toMatchObject({ serves: 6 })
  })

  test('goes with every edge of it', async () => {
    const [post, other] = [await createPost(database), await createPost(database)]
    const [gone, kept] = [objectName('post', post.id), objectName('post', other.id)]
    await relate(graph, { source: gone, kind: 'related', target: kept })
    await relate(graph, { source: gone, kind: 'is-a', target: typeName('article') })
    await relate(graph, { source: kept, kind: 'links-to', target: gone })
    expect(await deletePost(graph, post.id)).toMatchObject({ id: post.id })
    expect(await deletePost(graph, post.id)).toBeUndefined()
    expect(await graph.edges.from(kept)).toEqual([])
    expect(instancesOf(graph, typeName('article'))).not.toContain(gone)
  })
})
