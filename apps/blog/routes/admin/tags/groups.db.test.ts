import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createPost, createTag } from '@rose-ash/testing/factories/post'
import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createBlogApp } from '../../../app.ts'
import { tagGroups, tags } from '../../../models/index.ts'
import { type Fields, getPage, postForm } from '../navigation/test-editor.ts'

const connection = await createTestDatabase()
const { database } = connection
const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection })
const cookies = await blog.signInAs('editor')
afterAll(async () => {
  await blog.close()
  await connection.close()
})
beforeEach(() => emptyTables(connection.pool, 'posts', 'tags', 'tag_groups'))

const list = '/admin/tags/'
const get = (url: string) => getPage(blog, url, cookies)
const post = (url: string, fields: Fields) => postForm(blog, url, { fields, cookies })

async function rowOf(id: string) {
  const [row] = await database.select().from(tags).where(eq(tags.id, id))
  return row
}

describe('groups', () => {
  const groups = async () =>
    (await database.select().from(tagGroups).orderBy(asc(tagGroups.sortOrder))).map(
      ({ name }) => name,
    )
  const groupId = async (name: string) =>
    (await database.select().from(tagGroups).where(eq(tagGroups.name, name)))[0]!.id

  test('are made, named, put in order and deleted, and visitors see tags under them', async () => {
    for (const name of ['Grain', 'Places', 'Grain'])
      expect((await post(`${list}groups`, { action: 'create', name })).status).toBe(303)
    expect(new Set((await database.select().from(tagGroups)).map(({ slug }) => slug)).size).toBe(3)
    const id = await groupId('Places')
    await post(`${list}groups`, { action: 'rename', id, name: 'Where', description: 'On a map.' })
    await post(`${list}groups`, { action: 'up', id })
    await post(`${list}groups`, { action: 'up', id })
    expect(await groups()).toEqual(['Where', 'Grain', 'Grain'])
    const tag = (name: string, groupIdOfTag: string | null) =>
      createTag(database, { name, groupId: groupIdOfTag })
    const [mill, farm, rye] = [await tag('Mill', id), await tag('Farm', id), await tag('Rye', null)]
    await createPost(database, { tags: [mill, farm, rye] })
    await tag('Empty', id)
    await post(`${list}groups`, { action: 'tag-down', id: farm.id })
    const { body } = await get('/tags/')
    const places = ['Where', 'On a map.', 'Mill', 'Farm', 'More', 'Rye'].map((text) =>
      body.indexOf(`>${text}<`),
    )
    expect(places).toEqual(places.toSorted((one, other) => one - other))
    expect(places[0]).toBeGreaterThan(0)
    expect(body).not.toContain('Empty')
    await post(`${list}groups`, { action: 'delete', id })
    expect(await groups()).toEqual(['Grain', 'Grain'])
    expect(await rowOf(mill.id)).toMatchObject({ groupId: null })
  })

  test('refuse what is none', async () => {
    const id = '00000000-0000-4000-8000-000000000000'
    for (const fields of [
      {},
      { action: 'create' },
      { action: 'create', name: ' ' },
      { action: 'create', name: 'x'.repeat(101) },
      { action: 'up', id: '1' },
      { action: 'explode', id },
    ] as Fields[])
      expect((await post(`${list}groups`, fields)).status).toBe(422)
    for (const action of ['up', 'delete', 'tag-up'])
      expect((await post(`${list}groups`, { action, id })).status).toBe(404)
  })
})
