import { randomUUID } from 'node:crypto'
import { createAuthor, createPost, createTag } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createGraphAccess } from '../../../services/graph/open-graph.ts'
import { publishDue } from '../../../services/posts/publish-due.ts'
import { openWritingDesk } from './test-writing.ts'

const desk = await openWritingDesk()
const { blog, get, isPublic, post, rowOf, save, write } = desk
const { database, pool } = desk.connection
const graph = createGraphAccess({ connection: desk.connection, log: blog.dependencies.log })
const admin = await blog.signInAs('admin')
afterAll(async () => {
  await graph[Symbol.asyncDispose]()
  await desk[Symbol.asyncDispose]()
})
beforeEach(() => desk.clear())

describe('a post that is written', () => {
  test('has its tags and authors in the order given, and makes tags that are new', async () => {
    await createTag(database, { slug: 'bread', name: 'Bread' })
    await createAuthor(database, { slug: 'ada', name: 'Ada' })
    await createAuthor(database, { slug: 'bo', name: 'Bo' })
    const form = { title: 'Rye', tags: 'Grain, bread, #Pinned', authors: 'Bo, ada' }
    const url = await write({ ...form, markdown: 'Dark.', status: 'published' })
    const body = (await get('/rye/', {})).body
    expect(body).toMatch(/rel="author">Bo<\/a>, <a[^>]*rel="author">Ada/)
    expect(body).toContain('<p class="eyebrow"><a href="/tag/grain/">Grain</a></p>')
    expect(body).not.toContain('Pinned')
    const shown = (await get(url)).body
    expect(shown).toContain('value="Grain, Bread, #Pinned"')
    expect(shown).toContain('value="Bo, Ada"')
    const { rows } = await pool.query(`select slug, visibility from tags where name = '#Pinned'`)
    expect(rows).toEqual([{ slug: 'hash-pinned', visibility: 'internal' }])
  })

  test('and sent several times at once is one post', async () => {
    const form = { title: 'Rye', status: 'draft', new_id: randomUUID() }
    const sent = await Promise.all([1, 2, 3].map(() => save('/admin/posts/new', form)))
    expect(sent.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303])
    const read = 'select version, author_id from posts join post_authors on post_id = id'
    const once = await pool.query(read)
    await save('/admin/posts/new', form)
    const again = await pool.query(read)
    expect(again.rows).toEqual(once.rows)
    expect(once.rows).toEqual([{ version: 1, author_id: expect.any(String) }])
    const other = save('/admin/posts/new', { ...form, title: 'Wheat' })
    const third = save('/admin/posts/new', { ...form, title: 'Spelt' })
    const codes = (await Promise.all([other, third])).map(({ statusCode }) => statusCode)
    expect(codes.toSorted((one, two) => one - two)).toEqual([303, 409])
    const { rows } = await pool.query(`select id from posts where type = 'post'`)
    expect(rows).toEqual([{ id: form.new_id }])
  })

  test('by nobody else has its writer’s name, and an unknown author is said', async () => {
    const url = await write({ title: 'Mine', authors: '' })
    expect((await get(url)).body).toMatch(/name="authors"[^>]*value="[^"]+"/)
    const wrong = await save(url, { title: 'Mine', authors: 'Nobody At All' })
    expect(wrong.statusCode).toBe(422)
    expect(wrong.body).toContain('There is no author “Nobody At All”.')
  })

  test('leaves a redirect when its address changes, and refuses one that is taken', async () => {
    await createPost(database, { slug: 'taken' })
    const url = await write({ title: 'Rye', status: 'published' })
    const refused = await save(url, { title: 'Rye', status: 'published', slug: 'taken' })
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain('The address /taken/ is taken; /taken-2/ is free.')
    await save(url, { title: 'Rye', status: 'published', slug: 'dark-rye' })
    expect(await get('/rye/', {})).toMatchObject({
      statusCode: 301,
      headers: { location: '/dark-rye/' },
    })
  })

  test('keeps its address with another title once it is out, and not before', async () => {
    const url = await write({ title: 'First' })
    await save(url, { title: 'Second', slug: 'first' })
    expect((await rowOf(url)).slug).toBe('second')
    await save(url, { title: 'Second', slug: 'second', status: 'published' })
    await save(url, { title: 'Third', slug: 'second', status: 'published' })
    expect((await rowOf(url)).slug).toBe('second')
  })

  test('never stands where the blog or a type has a page of its own', async () => {
    for (const title of ['Tags', 'Article']) {
      const row = await rowOf(await write({ title }))
      expect(row.slug).toBe(`${title.toLowerCase()}-2`)
    }
    const url = await write({ title: 'Findable' })
    const refused = await post(url, { title: 'Findable', slug: 'search' })
    expect(refused.body).toContain('The address /search/ is taken; /search-2/ is free.')
  })

  test('takes no code from who may not, and no picture from elsewhere', async () => {
    const code = { code_head: '<style>p{color:red}</style>' }
    const url = await write({ title: 'Plain', ...code })
    expect((await rowOf(url)).code_head).toBeNull()
    await post(url, { whole: '1', title: 'Plain', ...code }, { cookies: admin })
    expect((await rowOf(url)).code_head).toBe('<style>p{color:red}</style>')
    await post(
      url,
      { whole: '1', title: 'Plain', status: 'published', ...code },
      { cookies: admin },
    )
    const page = await get('/plain/', {})
    expect(page.body).toContain('<style>p{color:red}</style>')
    expect(page.headers['content-security-policy']).toMatch(/style-src 'sha256-[^']+' 'self'/)
    const script = { code_head: '<script src="https://elsewhere.example/x.js"></script>' }
    const refused = await post(url, { whole: '1', title: 'Plain', ...script }, { cookies: admin })
    expect(refused.body).toContain('A script from elsewhere is not let in')
    const wrong = await save(url, { title: 'Plain', image: 'https://elsewhere.example/x.png' })
    expect(wrong.body).toContain('The picture is one of this site')
    const words = { title: 'Plain', image_caption: '<script>alert(1)</script><em>Sea</em>' }
    await save(url, words)
    expect((await rowOf(url)).feature_image_caption).toBe('<em>Sea</em>')
  })

  test('is shown as it was typed when something of it is wrong', async () => {
    const typed = {
      whole: '1',
      title: 'Half',
      markdown: 'Words I would miss',
      publish_at: 'soon',
      canonical: 'ftp://x',
      language: 'no language',
    }
    const { statusCode, body } = await post('/admin/posts/new', typed)
    expect(statusCode).toBe(422)
    expect(body).toContain('Words I would miss')
    expect(body).toContain('The time of publication is a day and a time')
    expect(body).toContain('“First published at” is an address')
    expect(body).toContain('“no language” is no language')
  })
})

describe('a scheduled post', () => {
  test('is nowhere before its time, and out after it', async () => {
    const url = await write({ title: 'Later', status: 'scheduled', publish_at: '2099-05-01T09:30' })
    expect(await isPublic('/later/')).toBe(false)
    expect((await get('/admin/posts/?status=scheduled')).body).toContain('Later')
    expect((await publishDue(await graph.open())).changes).toEqual([])
    await pool.query(
      `update posts set published_at = now() - interval '1 second' where slug = $1`,
      ['later'],
    )
    const { changes } = await publishDue(await graph.open())
    expect(changes).toHaveLength(1)
    expect(await isPublic('/later/')).toBe(true)
    const { rows } = await pool.query(
      `select type, payload from ap_activities where object_id = $1`,
      [url.split('/')[3]],
    )
    expect(rows).toEqual([{ type: 'Create', payload: { slug: 'later' } }])
    expect((await get(`${url}revisions/`)).body).toContain('Published')
  })

  test('that cannot be stored does not hold up the others', async () => {
    const due = { status: 'scheduled', publish_at: '2099-05-01T09:30' }
    await write({ title: 'Stuck', ...due })
    await write({ title: 'Fine', ...due })
    await pool.query(`
      update posts set published_at = now() - interval '1 minute' where slug = 'stuck';
      update posts set published_at = now() where slug = 'fine';
      create function refuse_stuck() returns trigger language plpgsql as
        $$begin if new.slug = 'stuck' then raise 'no'; end if; return new; end$$;
      create trigger refuse_stuck before update on posts
        for each row execute function refuse_stuck()`)
    const { changes, failures } = await publishDue(await graph.open())
    await pool.query('drop function refuse_stuck cascade')
    expect(changes.map(({ after }) => after?.slug)).toEqual(['fine'])
    expect(failures).toHaveLength(1)
    expect((await publishDue(await graph.open())).changes).toHaveLength(1)
  })

  test('without a time is refused, and one whose time has passed is out at once', async () => {
    const refused = await post('/admin/posts/new', { title: 'When', status: 'scheduled' })
    expect(refused.body).toContain('Say when it is to be published.')
    await write({ title: 'Past', status: 'scheduled', publish_at: '2020-05-01T09:30' })
    expect(await isPublic('/past/')).toBe(true)
    await write({ title: 'Future', status: 'published', publish_at: '2099-05-01T09:30' })
    expect(await isPublic('/future/')).toBe(false)
  })

  test('is published once by two who look at the same time', async () => {
    await write({ title: 'Twice', status: 'scheduled', publish_at: '2099-05-01T09:30' })
    await pool.query(`update posts set published_at = now() where slug = 'twice'`)
    const opened = await graph.open()
    const both = await Promise.all([publishDue(opened), publishDue(opened)])
    expect(both.flatMap(({ changes }) => changes)).toHaveLength(1)
  })
})
