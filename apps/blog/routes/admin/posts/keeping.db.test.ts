import { createMenuNode } from '@rose-ash/testing/factories/menu'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { comments } from '../../../models/index.ts'
import { openWritingDesk } from './test-writing.ts'

const desk = await openWritingDesk()
const { blog, get, isPublic, post, rowOf, save, write } = desk
const { database, pool } = desk.connection
const { services } = blog.dependencies
afterAll(() => desk[Symbol.asyncDispose]())
beforeEach(() => desk.clear())

describe('versions', () => {
  test('are kept at each save that changes something, compared, and put back', async () => {
    const url = await write({ title: 'Rye', markdown: 'Dark bread.', status: 'published' })
    await save(url, { title: 'Rye', markdown: 'Dark bread.', status: 'published', tags: '' })
    expect((await rowOf(url)).version).toBe(1)
    await save(url, { title: 'Rye loaf', markdown: 'Dark, sour bread.', status: 'published' })
    expect((await rowOf(url)).version).toBe(2)
    const compared = (await get(`${url}revisions/2/`)).body
    expect(compared).toMatch(/<dt>Title<\/dt><dd[^>]*>\s*Rye<ins> loaf<\/ins>/)
    expect(compared).toMatch(/<ins>sour <\/ins>bread/)
    expect((await post(`${url}revisions/1/`, {})).statusCode).toBe(303)
    const row = await rowOf(url)
    expect(row).toMatchObject({ title: 'Rye', version: 3, status: 'published' })
    expect(row.html).toContain('Dark bread.')
    expect((await get(`${url}revisions/3/?with=now`)).body).toContain('just as it is now')
    expect((await get(`${url}revisions/9/`)).statusCode).toBe(404)
    expect((await get(`${url}revisions/x/`)).statusCode).toBe(404)
  })

  test('bring no code back by who may not write any, whoever has put it there', async () => {
    const url = await write({ title: 'Rye', markdown: 'Dark bread.', status: 'published' })
    await save(url, { title: 'Rye loaf', markdown: 'Dark bread.', status: 'published' })
    await pool.query(
      `update post_revisions set content = content || '{"codeHead": "<script>1</script>"}'
        where version = 1`,
    )
    await post(`${url}revisions/1/`, {})
    expect(await rowOf(url)).toMatchObject({ title: 'Rye', code_head: null })
  })

  test('begin with what was there before the first change here', async () => {
    const { id } = await createPost(database, { title: 'From elsewhere' })
    const url = `/admin/posts/${id}/`
    await save(url, { title: 'Changed', status: 'published' })
    await post(`${url}revisions/1/`, {})
    expect((await rowOf(url)).title).toBe('From elsewhere')
  })

  test('written a moment apart by themselves are one', async () => {
    const url = await write({ title: 'Typing', markdown: 'a' })
    const form = (markdown: string, version: number) => ({
      whole: '1',
      title: 'Typing',
      status: 'draft',
      autosave: '1',
      markdown,
      version: String(version),
    })
    const accept = 'application/json'
    const first = await post(url, form('ab', 1), { accept })
    expect(first.json()).toEqual({ version: 2, url })
    const second = await post(url, form('abc', 2), { accept })
    expect(second.json()).toEqual({ version: 3, url })
    const late = await post(url, form('abx', 2), { accept })
    expect(late.statusCode).toBe(409)
    expect(late.json()).toMatchObject({ version: 3 })
    const { rows } = await pool.query(
      `select version from post_revisions where post_id = $1 order by version`,
      [url.split('/')[3]],
    )
    expect(rows.map(({ version }) => version)).toEqual([1, 3])
  })
})

test('what is saved by itself is never seen by readers', async () => {
  const accept = 'application/json'
  const draft = await write({ title: 'Typing on' })
  const chosen = { title: 'Typing on', status: 'published', autosave: '1', version: '1' }
  await post(draft, { whole: '1', ...chosen, markdown: 'half' }, { accept })
  expect(await isPublic('/typing-on/')).toBe(false)
  const out = await write({ title: 'Out', status: 'published', markdown: 'whole' })
  const half = { title: 'Out', status: 'published', autosave: '1', version: '1', markdown: 'ha' }
  expect((await post(out, { whole: '1', ...half }, { accept })).statusCode).toBe(422)
  expect((await get(out)).body).not.toContain('data-autosave-url')
  expect((await rowOf(out))['html']).toContain('whole')
})

describe('two who change one post', () => {
  test('have their changes brought together, and choose where both changed the same', async () => {
    const url = await write({ title: 'Rye', markdown: 'Dark.', tags: 'Bread', status: 'draft' })
    const base = { whole: '1', status: 'draft', authors: '' }
    await post(url, {
      ...base,
      version: '1',
      title: 'Their rye',
      markdown: 'Dark.',
      tags: 'Bread, Grain',
    })
    const mine = { ...base, version: '1', title: 'My rye', markdown: 'Very dark.', tags: 'Bread' }
    const collided = await post(url, mine)
    expect(collided.statusCode).toBe(409)
    expect(collided.body).toContain('Somebody else saved this meanwhile')
    expect(collided.body).toContain('name="choice-title"')
    expect(collided.body).toContain('Very dark.')
    expect(collided.body).toContain('value="Bread, Grain"')
    expect((await rowOf(url)).title).toBe('Their rye')
    const merged = { ...mine, version: '2', merge_seen: '1', tags: 'Bread, Grain' }
    expect((await post(url, { ...merged, 'choice-title': 'theirs' })).statusCode).toBe(303)
    const row = await rowOf(url)
    expect(row).toMatchObject({ title: 'Their rye', version: 3 })
    expect(row.html).toContain('Very dark.')
    expect((await get(url)).body).toContain('value="Bread, Grain"')
  })
})

describe('the trash', () => {
  test('takes posts out of sight and gives them back as they were', async () => {
    const url = await write({ title: 'Gone', status: 'published' })
    const id = String(url.split('/')[3])
    const thrown = await post(`${url}delete`, {})
    expect(await isPublic('/gone/')).toBe(false)
    expect((await get(String(thrown.headers['location']))).body).toContain('Put back')
    expect((await get('/admin/posts/')).body).not.toContain('Gone')
    expect((await get('/admin/posts/?status=trashed')).body).toMatch(
      /Gone<\/a>[^]*Deleted for good on \d+ \w+ \d{4}/,
    )
    expect((await get(url)).body).not.toContain('Move to the trash')
    await post('/admin/posts/bulk', { action: 'put-back', id })
    expect(await isPublic('/gone/')).toBe(true)
    const { rows } = await pool.query(
      `select type from ap_activities where object_id = $1 order by created_at`,
      [id],
    )
    expect(rows.map(({ type }) => type)).toEqual(['Create', 'Delete', 'Create'])
  })

  test('that is emptied takes with a post what names it, and nothing else', async () => {
    const doomed = await createPost(database, { slug: 'doomed', status: 'trashed', type: 'page' })
    const kept = await createPost(database, { slug: 'kept' })
    const userId = (await pool.query('select id from users limit 1')).rows[0].id
    const own: string[] = []
    for (const { id: postId } of [doomed, kept]) {
      const comment = { postId, userId, authorName: 'Bo', html: '<p>Yes.</p>' }
      const [made] = await database
        .insert(comments)
        .values({ ...comment, status: 'published' })
        .returning()
      own.push(made!.id)
      await services.likes.put(userId, { type: 'post', id: postId }, true)
      await services.likes.put(userId, { type: 'comment', id: made!.id }, true)
    }
    await createMenuNode(database, { containerType: 'page', containerId: doomed.id })
    await createMenuNode(database, { containerType: 'page', containerId: kept.id })
    await pool.query(`insert into redirects (from_path, to_path)
      values ('/was-doomed/', '/doomed/'), ('/was-kept/', '/kept/')`)
    await post('/admin/posts/bulk', { action: 'delete', id: doomed.id })
    const read = async (text: string) => (await pool.query(text)).rows.map(({ value }) => value)
    expect(await read('select target_id as value from likes order by target_type')).toEqual([
      own[1],
      kept.id,
    ])
    expect(await read('select container_id as value from menu_nodes')).toEqual([kept.id])
    expect(await read('select from_path as value from redirects')).toEqual(['/was-kept/'])
    expect(await read('select post_id as value from comments')).toEqual([kept.id])
  })
})

describe('several posts at once', () => {
  test('are changed, each with a version, and one that its type refuses is named', async () => {
    const one = await write({ title: 'One' })
    const two = await write({ title: 'Two' })
    const id = [one, two].map((url) => String(url.split('/')[3]))
    await post('/admin/posts/bulk', { action: 'publish', id })
    expect([await isPublic('/one/'), await isPublic('/two/')]).toEqual([true, true])
    await post('/admin/posts/bulk', { action: 'add-tag', tag: 'Seasonal', id })
    expect((await get('/tag/seasonal/', {})).body).toContain('Two')
    await post('/admin/posts/bulk', { action: 'remove-tag', tag: 'seasonal', id })
    expect((await get('/tag/seasonal/', {})).body).not.toContain('Two')
    await post('/admin/posts/bulk', { action: 'members', id })
    expect((await rowOf(one)).visibility).toBe('members')
    expect((await rowOf(two)).version).toBe(5)
    expect((await post('/admin/posts/bulk', { action: 'nonsense', id })).statusCode).toBe(400)
    const stranger = { cookies: await blog.signInAs() }
    expect((await post('/admin/posts/bulk', { action: 'trash', id }, stranger)).statusCode).toBe(
      403,
    )
  })
})

describe('a preview', () => {
  test('is for whoever has its link, as each kind of reader would see it', async () => {
    const url = await write({ title: 'Soon', markdown: 'For members', visibility: 'members' })
    const { headers } = await get(`${url}preview`)
    const link = String(headers['location'])
    const seen = await get(link, {})
    expect(seen.statusCode).toBe(200)
    expect(seen.body).toContain('For members')
    expect(seen.headers['referrer-policy']).toBe('no-referrer')
    expect(seen.body).toContain('name="robots" content="noindex')
    expect((await get(`${link}&as=anonymous`, {})).body).not.toContain('<p>For members')
    expect((await get(`${link}&as=member`, {})).body).toContain('<p>For members')
    expect((await get(link.replace(/key=./, 'key=x'), {})).statusCode).toBe(404)
    expect((await get(`${url}preview`, await blog.signInAs())).statusCode).toBe(403)
    const other = await write({ title: 'Other' })
    const moved = link.replace(String(url.split('/')[3]), String(other.split('/')[3]))
    expect((await get(moved, {})).statusCode).toBe(404)
  })
})
