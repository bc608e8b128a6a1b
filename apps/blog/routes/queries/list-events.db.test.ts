import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { afterAll, describe, expect, test } from 'vitest'
import { createBlogApp } from '../../app.ts'
import { eventStreamLimits } from './event-streams.ts'
import { openEventSource } from './test-event-source.ts'
import { createTestLists } from './test-lists.ts'

const connection = await createTestDatabase()
const lists = await createTestLists(connection)
afterAll(async () => {
  await lists[Symbol.asyncDispose]()
  await connection.close()
})
const { createList, createOf, read } = lists

function follow(slug: string, headers: Record<string, string> = {}) {
  return openEventSource(`${lists.origin}/lists/${slug}/events`, headers)
}

describe.each([
  ['a question', (type: string) => `?- instance(P, "${type}").`],
  ['rules of its own', (type: string) => `mine(P) :- instance(P, "${type}"). ?- mine(P).`],
])('the events of a list that is %s', (_, textOf) => {
  test('tell every open page exactly what has come and gone', async () => {
    const { type } = await createList()
    const { query } = await createList({ text: textOf(type) })
    const pea = await createOf(type, 'Pea soup')
    await expect.poll(async () => (await read(`/lists/${query.slug}/`)).body).toContain('Pea soup')
    const streams = [await follow(query.slug), await follow(query.slug)]
    for (const stream of streams) {
      expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
      expect(await stream.next()).toMatchObject({ kind: 'rows', data: { rows: [pea.row] } })
    }
    const beet = await createOf(type, 'Beet soup')
    for (const stream of streams)
      expect(await stream.next()).toMatchObject({
        kind: 'change',
        data: { added: [{ ...beet.row, before: pea.row.name }], removed: [] },
      })
    await createOf(type, 'Secret soup', 'draft')
    await lists.graph.edges.remove(pea.edge)
    for (const stream of streams)
      expect(await stream.next()).toMatchObject({
        kind: 'change',
        data: { added: [], removed: [pea.row.name] },
      })
    await Promise.all(streams.map((stream) => stream.close()))
  })
})

describe('the events of a list', () => {
  test('go on after the one that was heard last', async () => {
    const { query, type } = await createList()
    const stays = await follow(query.slug)
    await stays.next()
    const goes = await follow(query.slug)
    const heard = await goes.next()
    await goes.close()
    const pea = await createOf(type, 'Pea soup')
    await stays.next()
    const again = await follow(query.slug, { 'last-event-id': heard!.id })
    expect(await again.next()).toMatchObject({
      kind: 'change',
      data: { added: [{ ...pea.row, before: null }], removed: [] },
    })
    const other = await follow(query.slug, { 'last-event-id': 'of-another-7' })
    expect(await other.next()).toMatchObject({ kind: 'rows', data: { rows: [pea.row] } })
    await Promise.all([stays, again, other].map((stream) => stream.close()))
  })

  test('are for a few pages of one address, and a place is free again when a page is closed', async () => {
    const { query } = await createList()
    const { streamsPerAddress } = eventStreamLimits
    const open = () => follow(query.slug)
    await expect
      .poll(async () => {
        const stream = await open()
        await stream.close()
        return stream.status
      })
      .toBe(200)
    const streams = await Promise.all(Array.from({ length: streamsPerAddress + 3 }, open))
    const refused = streams.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThanOrEqual(3)
    await Promise.all(streams.map((stream) => stream.close()))
    await expect
      .poll(async () => {
        const stream = await open()
        await stream.close()
        return stream.status
      })
      .toBe(200)
  })

  test('are no answer to a question for the headers alone', async () => {
    const { query } = await createList()
    const url = `${lists.origin}/lists/${query.slug}/events`
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(404)
  })

  test('end with the app', async () => {
    const { query } = await createList()
    await using other = await createTestApp({ app: 'blog', create: createBlogApp, connection })
    const address = await other.app.listen({ port: 0, host: '127.0.0.1' })
    const stream = await openEventSource(`${address}/lists/${query.slug}/events`)
    expect(await stream.next()).toMatchObject({ kind: 'rows' })
    const closing = other.app.close()
    expect(await stream.next()).toBeUndefined()
    await closing
  })
})
