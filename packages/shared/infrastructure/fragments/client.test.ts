import { describe, expect, test } from 'vitest'
import type { AppName } from '../../contracts/apps.ts'
import { UnavailableError } from '../../contracts/errors.ts'
import { visitorTag } from '../../contracts/visitor.ts'
import { MemoryCache } from '../cache/memory-cache.ts'
import type { InternalClient } from '../internal-client.ts'
import { createLog } from '../log.ts'
import { createFragmentClient, type FragmentQuery } from './client.ts'

const log = createLog({ app: 'local', level: 'silent' })
const nobody = { visitor: {}, requestId: 'a-request-id' }

function createPeers(answer: (app: AppName, queries: readonly FragmentQuery[]) => unknown) {
  const asked: { app: AppName; queries: readonly FragmentQuery[] }[] = []
  const internal: InternalClient = {
    isAvailable: () => true,
    async post(app, _path, { body }) {
      const queries = body as readonly FragmentQuery[]
      asked.push({ app, queries })
      return answer(app, queries)
    },
  }
  const cache = new MemoryCache({ log })
  return { asked, cache, client: createFragmentClient({ cache, internal, log }) }
}

const echo = (app: AppName, queries: readonly FragmentQuery[]) =>
  queries.map(({ type, parameters }) => `${app} ${type} ${JSON.stringify(parameters)}`)

describe('the fragment client', () => {
  test('asks each provider once, for all that a page wants of it', async () => {
    const { client, asked } = createPeers(echo)
    const html = await client.fetch(
      [
        { provider: 'events', type: 'container-cards', parameters: { postIds: '1' } },
        { provider: 'blog', type: 'nav-tree' },
        { provider: 'events', type: 'container-cards', parameters: { postIds: '2' } },
        { provider: 'events', type: 'nav-item' },
      ],
      nobody,
    )
    expect(asked.map(({ app, queries }) => [app, queries.length])).toEqual([
      ['events', 3],
      ['blog', 1],
    ])
    expect(html[2]).toBe('events container-cards {"postIds":"2"}')
  })

  test('asks nobody for what it has', async () => {
    const { client, asked } = createPeers(echo)
    await client.fetch([{ provider: 'blog', type: 'nav-tree' }], nobody)
    await client.fetch([{ provider: 'blog', type: 'nav-tree' }], nobody)
    expect(asked).toHaveLength(1)
  })

  test('a provider that fails costs its own fragments and no others', async () => {
    const { client } = createPeers((app, queries) => {
      if (app === 'cart') throw new UnavailableError('cart does not answer')
      return echo(app, queries)
    })
    const html = await client.fetch(
      [
        { provider: 'cart', type: 'cart-mini' },
        { provider: 'blog', type: 'nav-tree' },
      ],
      nobody,
    )
    expect(html).toEqual(['', 'blog nav-tree {}'])
  })

  test.each([[['one too few']], ['no list'], [[1, 2]], [null]])(
    'an answer that is not what was asked for is no answer: %j',
    async (answer) => {
      const { client } = createPeers(() => answer)
      const html = await client.fetch(
        [
          { provider: 'blog', type: 'nav-tree' },
          { provider: 'blog', type: 'nav-item' },
        ],
        nobody,
      )
      expect(html).toEqual(['', ''])
    },
  )

  test('what one visitor sees is not shown to another', async () => {
    const { client } = createPeers(echo)
    const wanted = [{ provider: 'cart', type: 'cart-mini' }] as const
    const [mine] = await client.fetch(wanted, {
      visitor: { deviceId: 'a' },
      requestId: 'request-1',
    })
    const [yours] = await client.fetch(wanted, {
      visitor: { deviceId: 'b' },
      requestId: 'request-2',
    })
    expect(mine).toContain('"deviceId":"a"')
    expect(yours).toContain('"deviceId":"b"')
  })

  test('what everybody sees does not tell who asked', async () => {
    const { client, asked } = createPeers(echo)
    const visitor = { userId: 'u', deviceId: 'd' }
    await client.fetch([{ provider: 'blog', type: 'nav-tree' }], { ...nobody, visitor })
    expect(asked[0]?.queries[0]?.parameters).toEqual({})
  })

  test('a change of a visitor shows at the next page', async () => {
    const { client, cache, asked } = createPeers(echo)
    const context = { visitor: { deviceId: 'a' }, requestId: 'a-request-id' }
    await client.fetch([{ provider: 'cart', type: 'cart-mini' }], context)
    await cache.invalidateTags([visitorTag(context.visitor)!])
    await client.fetch([{ provider: 'cart', type: 'cart-mini' }], context)
    expect(asked).toHaveLength(2)
  })
})
