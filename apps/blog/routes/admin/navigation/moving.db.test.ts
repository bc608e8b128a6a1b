import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createPage } from '@rose-ash/testing/factories/page'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createBlogApp } from '../../../app.ts'
import { createMenuEditor, type Fields, versionIn } from './test-editor.ts'

const connection = await createTestDatabase()
const { database } = connection
const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection })
const { get, change, addAll, idOf, tree, shown } = createMenuEditor(
  blog,
  await blog.signInAs('editor'),
)
afterAll(async () => {
  await blog.close()
  await connection.close()
})
beforeEach(() =>
  emptyTables(connection.pool, 'posts', 'menu_nodes', 'tags', 'calendars', 'market_places'),
)

describe('moving', () => {
  test('goes up, down, in and out by one step, with no gaps', async () => {
    await addAll('A', 'B', 'C')
    await change({ action: 'up', id: await idOf('C') })
    expect(await tree()).toEqual(['A', 'C', 'B'])
    await change({ action: 'down', id: await idOf('A') })
    expect(await tree()).toEqual(['C', 'A', 'B'])
    await change({ action: 'in', id: await idOf('A') })
    await change({ action: 'in', id: await idOf('B') })
    expect(await tree()).toEqual(['C', 'C > A', 'C > B'])
    await change({ action: 'in', id: await idOf('B') })
    expect(await tree()).toEqual(['C', 'C > A', 'C > A > B'])
    await change({ action: 'out', id: await idOf('A') })
    expect(await tree()).toEqual(['C', 'A', 'A > B'])
    await change({ action: 'place', id: await idOf('C'), parentId: await idOf('A'), index: '0' })
    expect(await tree()).toEqual(['A', 'A > C', 'A > B'])
    await change({ action: 'place', id: await idOf('B'), parentId: '', index: '9' })
    expect(await tree()).toEqual(['A', 'A > C', 'B'])
  })

  test('refuses what cannot be, with a reason', async () => {
    await addAll('A', 'B', 'C')
    await change({ action: 'in', id: await idOf('B') })
    await change({ action: 'in', id: await idOf('C') })
    await change({ action: 'in', id: await idOf('C') })
    const [a, b, c] = [await idOf('A'), await idOf('B'), await idOf('C')]
    for (const [fields, reason] of [
      [{ action: 'up', id: a }, 'first one already'],
      [{ action: 'down', id: a }, 'last one already'],
      [{ action: 'in', id: a }, 'no entry before it'],
      [{ action: 'out', id: a }, 'at the top already'],
      [{ action: 'place', id: a, parentId: b, index: '0' }, 'under itself'],
      [{ action: 'place', id: a, parentId: a, index: '0' }, 'under itself'],
      [
        { action: 'place', id: c, parentId: '00000000-0000-4000-8000-000000000000', index: '0' },
        'not in this menu',
      ],
      [{ action: 'place', id: c, parentId: '', index: '-1' }, 'nothing that can be done'],
    ] as [Fields, string][]) {
      const { status, body } = await change(fields)
      expect(status).toBe(422)
      expect(body).toContain(reason)
    }
    expect(await tree()).toEqual(['A', 'A > B', 'A > B > C'])
  })

  test('of two editors at once one is told what the menu is now, and can do it again', async () => {
    await addAll('A', 'B', 'C')
    const version = versionIn((await get()).body)
    const both = await Promise.all([
      change({ action: 'up', id: await idOf('C'), version }),
      change({ action: 'down', id: await idOf('A'), version }),
    ])
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([303, 409]))
    const lost = both.find(({ status }) => status === 409)!
    expect(lost.body).toMatch(/You wanted to move “[AC]” (?:up|down)\./)
    expect(versionIn(lost.body)).not.toBe(version)
    const retry = Object.fromEntries(
      [...lost.body.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)]
        .slice(0, 3)
        .map(([, name = '', value = '']) => [name, value]),
    )
    expect((await change(retry)).status).toBe(303)
    expect(await tree()).toHaveLength(3)
  })

  test('by many at once never loses an entry or leaves a gap', async () => {
    await addAll('A', 'B', 'C', 'D')
    const ids = await Promise.all(['A', 'B', 'C', 'D'].map(idOf))
    await Promise.all(
      ids.flatMap((id) => ['up', 'in', 'down', 'out'].map((action) => change({ action, id }))),
    )
    expect(await tree()).toHaveLength(4)
  })
})

describe('an entry', () => {
  test('is renamed, and leads elsewhere if it did before', async () => {
    const page = await createPage(database)
    await change({ action: 'add', target: `post:${page.id}`, label: 'Mill' })
    await addAll('Away')
    await change({ action: 'rename', id: await idOf('Mill'), label: '<b>The mill</b>' })
    await change({
      action: 'rename',
      id: await idOf('Away'),
      label: 'Out',
      address: 'https://b.org/',
    })
    expect(await shown()).toEqual([
      ['&lt;b&gt;The mill&lt;/b&gt;', `http://blog.localhost/${page.slug}/`],
      ['Out', 'https://b.org/'],
    ])
    const id = await idOf('<b>The mill</b>')
    const moved = await change({ action: 'rename', id, label: 'X', address: 'https://b.org/' })
    expect(moved.status).toBe(422)
    const bad = await change({
      action: 'rename',
      id: await idOf('Out'),
      label: 'X',
      address: 'ftp://b.org',
    })
    expect(bad.status).toBe(422)
    expect(await tree()).toEqual(['<b>The mill</b>', 'Out'])
  })

  test('is deleted with what stands under it, and all of it comes back to its place', async () => {
    await addAll('A', 'B', 'C', 'D')
    await change({ action: 'in', id: await idOf('C') })
    const id = await idOf('B')
    const { location } = await change({ action: 'remove', id })
    expect(await tree()).toEqual(['A', 'D'])
    const { body } = await get(location)
    expect(body).toContain('“B” is deleted')
    await change({ action: 'down', id: await idOf('A') })
    expect((await change({ action: 'restore', id })).status).toBe(303)
    expect(await tree()).toEqual(['D', 'B', 'B > C', 'A'])
    const again = await change({ action: 'restore', id })
    expect(again.status).toBe(422)
    expect(again.body).toContain('nothing to put back')
  })

  test('comes back to the top when what it stood under has gone too', async () => {
    await addAll('A', 'B')
    await change({ action: 'in', id: await idOf('B') })
    const b = await idOf('B')
    await change({ action: 'remove', id: b })
    await change({ action: 'remove', id: await idOf('A') })
    await change({ action: 'restore', id: b })
    expect(await tree()).toEqual(['B'])
  })
})
