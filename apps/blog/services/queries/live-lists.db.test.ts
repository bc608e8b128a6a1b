import { createLog } from '@rose-ash/shared/infrastructure/log'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { objectName, typeName } from '../graph/names.ts'
import { createGraphAccess, type Graph, type GraphAccess } from '../graph/open-graph.ts'
import type { LiveEvent } from './live-list.ts'
import { LiveLists } from './live-lists.ts'
import { createQuery, deleteQuery, restoreQuery, type SavedQuery } from './saved-query.ts'

const connection = await createTestDatabase()
const { database } = connection
const log = createLog({ app: 'blog', level: 'silent' })
let access: GraphAccess
let graph: Graph
let listeners = 0

beforeAll(async () => {
  access = createGraphAccess({ connection, log })
  const opened = await access.open()
  // Counts who listens to the views, and changes nothing.
  const views = new Proxy(opened.views, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (name !== 'onChange') return typeof value === 'function' ? value.bind(target) : value
      return (listener: Parameters<typeof target.onChange>[0]) => {
        listeners += 1
        const stop = target.onChange(listener)
        return () => {
          listeners -= 1
          stop()
        }
      }
    },
  })
  graph = { ...opened, views }
})
afterAll(async () => {
  await access[Symbol.asyncDispose]()
  await connection.close()
})

const rules = 'mine(P) :- instance(P, "type:soup"). ?- mine(P).'

async function createList(values: Partial<SavedQuery> & { slug: string }): Promise<LiveLists> {
  const query: SavedQuery = {
    title: 'Soups',
    description: '',
    text: rules,
    limit: 50,
    isPublic: true,
    order: 'title',
    ...values,
  }
  await createQuery(graph.store, query)
  return new LiveLists({ open: async () => graph, [Symbol.asyncDispose]: async () => {} }, log)
}

async function follow(lists: LiveLists, slug: string) {
  const events: LiveEvent[] = []
  const stop = await lists.follow({ slug, lastId: undefined }, (event) => events.push(event))
  return { events, stop }
}

describe('lists that are followed', () => {
  test('listen to the graph once for all who follow one, and no longer than the last of them', async () => {
    using lists = await createList({ slug: 'shared' })
    const [one, other] = await Promise.all([follow(lists, 'shared'), follow(lists, 'shared')])
    expect([lists.size, listeners]).toEqual([1, 1])
    one.stop?.()
    one.stop?.()
    expect([lists.size, listeners]).toEqual([1, 1])
    other.stop?.()
    expect([lists.size, listeners]).toEqual([0, 0])
  })

  test('leave nothing behind when there is no such list', async () => {
    using lists = await createList({ slug: 'hidden', isPublic: false })
    for (const slug of ['hidden', 'nothing'])
      expect((await follow(lists, slug)).stop).toBeUndefined()
    expect([lists.size, listeners]).toEqual([0, 0])
  })

  test('tell of a draft that is published, another title and another text when they look again', async () => {
    using lists = await createList({ slug: 'looked-at' })
    const { id } = await createPost(database, { title: 'Pea soup', status: 'draft' })
    const source = objectName('post', id)
    await graph.edges.add({ source, kind: 'is-a', target: typeName('soup') })
    await graph.views.follow()
    const { events, stop } = await follow(lists, 'looked-at')
    expect(events).toMatchObject([{ kind: 'rows', data: { rows: [] } }])
    await connection.pool.query(`update posts set status = 'published' where id = $1`, [id])
    lists.look()
    await expect
      .poll(() => events.at(-1))
      .toMatchObject({
        kind: 'change',
        data: { added: [{ name: source }] },
      })
    await connection.pool.query(`update posts set title = 'Green soup' where id = $1`, [id])
    lists.look()
    await expect
      .poll(() => events.at(-1))
      .toMatchObject({
        data: { added: [{ title: 'Green soup' }], removed: [source] },
      })
    await graph.store.put(['query', 'looked-at'], {
      slug: 'looked-at',
      title: 'Soups',
      description: '',
      text: 'n(0). n(Y) :- n(X), Y = X + 1. ?- n(X).',
      limit: 50,
      isPublic: true,
      order: 'title',
    })
    lists.look()
    await expect
      .poll(() => events.at(-1))
      .toMatchObject({
        kind: 'problem',
        data: { problem: 'This list takes too long to work out.' },
      })
    stop?.()
    expect(listeners).toBe(0)
  })

  test('are told when their list is deleted', async () => {
    using lists = await createList({ slug: 'deleted' })
    const { events, stop } = await follow(lists, 'deleted')
    await deleteQuery(graph.store, 'deleted')
    lists.look()
    await expect.poll(() => events.at(-1)).toMatchObject({ kind: 'gone' })
    stop?.()
    expect((await restoreQuery(graph.store, 'deleted'))?.title).toBe('Soups')
    expect(await restoreQuery(graph.store, 'deleted')).toBeUndefined()
  })
})
