import { createTestDatabase } from '@rose-ash/testing/database'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, describe, expect, test } from 'vitest'
import { openEventSource } from './test-event-source.ts'
import { createTestLists } from './test-lists.ts'

const connection = await createTestDatabase()
const lists = await createTestLists(connection)
afterAll(async () => {
  await lists[Symbol.asyncDispose]()
  await connection.close()
})
const { createList, createOf, read, signInAsEditor } = lists

describe('the page of a list', () => {
  test('is whole without scripts: title, description and links, in order', async () => {
    const { type, url } = await createList()
    await createOf(type, 'Pea soup')
    await createOf(type, 'Beet soup')
    await expect.poll(async () => (await read(url)).body).toContain('2 in this list')
    const { status, body } = await read(url)
    expect(status).toBe(200)
    expect(body).toContain('<h1>Soups &lt;b&gt;</h1>')
    expect(body).toContain('All that can be spooned.')
    expect(body).toMatch(
      /<a href="\/post-\w+\/">Beet soup<\/a>[^]*<a href="\/post-\w+\/">Pea soup</,
    )
    expect(body).toMatch(/<script type="module" src="\/assets\/live-list\.[0-9a-f]+\.js">/)
  })

  test('shows nobody what is not published', async () => {
    const { type, url } = await createList()
    await createOf(type, 'Pea soup')
    await createOf(type, 'Secret soup', 'draft')
    await expect.poll(async () => (await read(url)).body).toContain('Pea soup')
    expect((await read(url)).body).not.toContain('Secret soup')
    expect((await read(url)).body).toContain('1 in this list')
  })

  test('of a list that is not public is for those who look after the site', async () => {
    const { url } = await createList({ isPublic: false })
    expect((await read(url)).status).toBe(404)
    expect((await openEventSource(`${lists.origin}${url}events`)).status).toBe(404)
    const { status, body } = await read(url, await signInAsEditor())
    expect(status).toBe(200)
    expect(body).not.toContain('data-live-list')
  })

  test('follows what stands in fields', async () => {
    const text = '?- field(P, "serves", N), N >= 10.'
    const { type, url } = await createList({ text })
    const { edge } = await createOf(type, 'Pea soup')
    const { store } = lists.graph
    await store.put(['fields', edge.source], { serves: 4 })
    const events = await openEventSource(`${lists.origin}${url}events`)
    await store.put(['fields', edge.source], { serves: 40 })
    await expect.poll(async () => (await read(url)).body).toContain('Pea soup')
    let told = ''
    while (!told.includes('Pea soup')) told = JSON.stringify(await events.next())
    await events.close()
    await store.put(['fields', edge.source], { serves: 5 })
    await expect.poll(async () => (await read(url)).body).toContain('Nothing in this list yet')
  })

  test('says so when a list takes too long', async () => {
    const text = 'n(0). n(Y) :- n(X), Y = X + 1. ?- n(X).'
    const { url } = await createList({ text })
    const { status, body } = await read(url)
    expect(status).toBe(200)
    expect(body).toContain('This list takes too long to work out.')
  })

  test('is not there when there is no such list', async () => {
    expect((await read('/lists/nothing/')).status).toBe(404)
    expect((await openEventSource(`${lists.origin}/lists/nothing/events`)).status).toBe(404)
  })

  test('shows the newest first and not more than its limit', async () => {
    const { type, url } = await createList({ order: 'newest', limit: 2 })
    for (const [title, day] of [
      ['Old', '01'],
      ['New', '03'],
      ['Middle', '02'],
    ] as const) {
      const { id } = await createOf(type, title)
      const date = `2026-02-${day}T12:00:00Z`
      await connection.pool.query('update posts set published_at = $1 where id = $2', [date, id])
    }
    await expect.poll(async () => (await read(url)).body).toMatch(/>New<[^]*>Middle</)
    expect((await read(url)).body).not.toContain('>Old<')
  })
})

describe('a page with the mark of a list', () => {
  test('has the list in its place', async () => {
    const { type, query } = await createList()
    await createOf(type, 'Pea soup')
    const html = `<p>Before</p><p>[[list: ${query.slug}]]</p><p>[[list: nothing]]</p><p>After</p>`
    const page = await createPost(connection.database, { type: 'page', html })
    await expect.poll(async () => (await read(`/${page.slug}/`)).body).toContain('>Pea soup</a>')
    const { body } = await read(`/${page.slug}/`)
    expect(body).toMatch(/<p>Before<\/p><div class="live-list"[^]*<\/div>\s*<p>After<\/p>/)
    expect(body).not.toContain('[[list')
  })

  test('shows no list that is not public', async () => {
    const { query } = await createList({ isPublic: false })
    const page = await createPost(connection.database, { html: `<p>[[list: ${query.slug}]]</p>` })
    expect((await read(`/${page.slug}/`)).body).not.toContain('live-list')
  })
})
