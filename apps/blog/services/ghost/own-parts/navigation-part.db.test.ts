import { createMenuNode } from '@rose-ash/testing/factories/menu'
import { createPost, createTag } from '@rose-ash/testing/factories/post'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pageFeatures } from '../../../models/index.ts'
import { lexicalOf } from '../test-export.ts'
import { createImportTarget, type ImportTarget } from '../test-import.ts'
import { bringElsewhere, withParts } from './test-own-parts.ts'

const path = 'rose-ash/navigation.json'
const lexical = JSON.parse(lexicalOf('Flour, water and salt.'))

let target: ImportTarget
let moved: Awaited<ReturnType<typeof bringElsewhere>>
beforeAll(async () => {
  target = await createImportTarget()
  const { database } = target.connection
  const page = await createPost(database, { type: 'page', slug: 'mill', lexical })
  const tag = await createTag(database, { slug: 'bread' })
  const trashed = await createPost(database, { slug: 'old', status: 'trashed', lexical })
  const top = await createMenuNode(database, { label: 'The mill', path: `/go/post/${page.id}/` })
  await createMenuNode(database, { parentId: top.id, label: 'Bread', path: `/go/tag/${tag.id}/` })
  await createMenuNode(database, { label: 'Shop', app: 'market', path: '/', sortOrder: 1 })
  await createMenuNode(database, { label: 'Far', app: '', path: 'https://far.example/' })
  await createMenuNode(database, { label: 'Old', path: `/go/post/${trashed.id}/` })
  await createMenuNode(database, { label: 'Gone', containerType: 'removed' })
  const ofPage = { containerType: 'page', containerId: page.id }
  await createMenuNode(database, { ...ofPage, label: 'Of the mill', path: '/about/' })
  await database.insert(pageFeatures).values({ pageId: page.id, feature: 'market' })
  moved = await bringElsewhere(target)
})
afterAll(async () => {
  await moved[Symbol.asyncDispose]()
  await target[Symbol.asyncDispose]()
})

const menuOf = (place: ImportTarget) => place.query('select xmin, * from menu_nodes order by id')

describe('menus that were exported and imported elsewhere', () => {
  it('are the same when they are exported again, and lead to what is there', async () => {
    expect(moved.result.warnings).toEqual([])
    const { archive } = await moved.exportAgain()
    expect(archive.read(path)).toBe(moved.first.archive.read(path))
    const labels = (await menuOf(moved.empty)).map((node) => String(node['label']))
    expect(labels.toSorted()).toEqual(['Bread', 'Far', 'Of the mill', 'Shop', 'The mill'])
    const { rows } = await moved.empty.connection.pool.query(`
      select label from menu_nodes join posts
        on path = '/go/post/' || posts.id || '/' or container_id = posts.id::text
      where posts.slug = 'mill' order by label`)
    expect(rows).toEqual([{ label: 'Of the mill' }, { label: 'The mill' }])
    const features = await moved.empty.query(
      `select feature from page_features join posts on posts.id = page_id where slug = 'mill'`,
    )
    expect(features).toEqual([{ feature: 'market' }])
  })

  it('stay as they are when they are imported again, also what was changed since', async () => {
    await moved.empty.query(`update menu_nodes set label = 'Ours' where label = 'Shop'`)
    const before = await menuOf(moved.empty)
    const { warnings, created, updated } = await moved.empty.run(moved.first.file)
    expect({ warnings, created, updated }).toEqual({ warnings: [], created: 0, updated: 0 })
    expect(await menuOf(moved.empty)).toEqual(before)
    await moved.empty.query(`update menu_nodes set label = 'Shop' where label = 'Ours'`)
  })
})

describe('menus that are not sound', () => {
  const id = () => crypto.randomUUID()
  const node = (some: object = {}) => ({
    id: id(),
    containerType: '',
    containerId: '',
    parentId: null,
    label: 'New',
    app: 'blog',
    path: '/new/',
    sortOrder: 0,
    ...some,
  })
  const run = async (content: string) => {
    const before = await menuOf(moved.empty)
    const file = await withParts(moved.empty, moved.first, { [path]: content })
    const { warnings } = await moved.empty.run(file)
    const added = (await menuOf(moved.empty)).length - before.length
    await moved.empty.query(`delete from menu_nodes where label like 'New%'`)
    return { warnings, added }
  }

  it.each([
    ['an address that is a script', { app: '', path: 'javascript:alert(1)' }, /path” cannot/],
    ['an address that leaves the site', { path: '//evil.example/' }, /path” cannot/],
    ['an app that is none', { app: 'evil' }, /app” cannot/],
    ['an id that is none', { id: 'x' }, /id” cannot/],
    ['a page that is not here', { containerType: 'page', containerId: '9' }, /is not here/],
    ['a post that is not here', { path: `/go/post/${'a'.repeat(24)}/` }, /is not here/],
  ])('lose the entry with %s and keep the others', async (_what, some, reason) => {
    const content = JSON.stringify({ nodes: [node(), node(some)], features: [] })
    const { warnings, added } = await run(content)
    expect(added).toBe(1)
    expect(warnings).toEqual([expect.stringMatching(/^rose-ash\/navigation\.json, nodes, row 2: /)])
    expect(warnings[0]).toMatch(reason)
  })

  it.each([
    ['is cut', JSON.stringify({ nodes: [node(), node()] }).slice(0, -20), /not whole|not valid/],
    ['is no JSON', 'nodes: []', /not valid JSON/],
    ['is a list', '[1]', /Nothing of it|^$/],
    ['is of another shape', '{"nodes": 1}', /a table is not a list/],
    ['is empty', '', /empty/],
  ])('change nothing when the file %s', async (_what, content, reason) => {
    const { warnings, added } = await run(content)
    expect(added).toBe(0)
    expect(warnings.join('')).toMatch(reason)
  })

  it('change nothing when entries stand under themselves or too deep', async () => {
    const [a, b, c, d] = [id(), id(), id(), id()]
    const circle = [node({ id: a, parentId: b }), node({ id: b, parentId: a })]
    const deep = [
      node({ id: a }),
      node({ id: b, parentId: a }),
      node({ id: c, parentId: b }),
      node({ id: d, parentId: c }),
    ]
    for (const nodes of [circle, deep]) {
      const { warnings, added } = await run(JSON.stringify({ nodes, features: [] }))
      expect(added).toBe(0)
      expect(warnings.join('')).toMatch(/navigation\.json: .*levels\. Nothing of it was taken over/)
    }
  })
})
