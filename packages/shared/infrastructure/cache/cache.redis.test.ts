import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { startRedis, type TestRedis } from '@rose-ash/testing/redis'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeCacheContract } from './cache-contract.ts'
import { RedisCache } from './redis-cache.ts'
import { createSource } from './test-source.ts'

const log = pino({ level: 'silent' })
let redis: TestRedis
let prefixes = 0

beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())

describeCacheContract('RedisCache', () => openCache())

/** A ready cache with a prefix of its own, unless one is given. */
async function openCache({ prefix = `test-${++prefixes}`, url = redis.url } = {}) {
  const cache = new RedisCache({ url, prefix, log, commandMs: 150 })
  await expect.poll(() => cache.isReady(), { timeout: 5000 }).toBe(true)
  return cache
}

describe('two processes with one Redis', () => {
  test('see what the other stored, deleted and invalidated', async () => {
    await using one = await openCache({ prefix: 'shared' })
    await using two = await openCache({ prefix: 'shared' })
    await one.set(['a'], 1, { ttlSeconds: 60, tags: ['t'] })
    await one.set(['b'], 2, { ttlSeconds: 60, tags: ['t'] })
    expect(await two.get(['a'])).toBe(1)
    await two.delete(['a'])
    expect(await one.get(['a'])).toBeUndefined()
    await two.invalidateTags(['t'])
    expect(await one.get(['b'])).toBeUndefined()
  })

  test.each(['tag', 'key'])('a load under way in one is caught by the other: %s', async (what) => {
    await using one = await openCache({ prefix: `caught-${what}` })
    await using two = await openCache({ prefix: `caught-${what}` })
    const source = createSource({ loadMs: 50 })
    const options = { ttlSeconds: 60, tags: () => ['t'] }
    const before = one.getOrLoad(['a'], source.load, options)
    await sleep(20)
    await (what === 'tag' ? two.invalidateTags(['t']) : two.delete(['a']))
    const joined = one.getOrLoad(['a'], source.load, options)
    expect(await before).toBe('version 1')
    expect(await joined).toBe('version 2')
    expect(await two.getOrLoad(['a'], source.load, options)).toBe('version 2')
  })

  test('renew a stale value once between them', async () => {
    await using one = await openCache({ prefix: 'renew' })
    await using two = await openCache({ prefix: 'renew' })
    const renewal = Promise.withResolvers<void>()
    let loads = 0
    const load = async () => {
      loads += 1
      const version = `version ${loads}`
      if (loads > 1) await renewal.promise
      return version
    }
    const options = { ttlSeconds: 0.1, staleSeconds: 60 }
    const ask = () => [one, two].map((cache) => cache.getOrLoad(['a'], load, options))
    await one.getOrLoad(['a'], load, options)
    await sleep(120)
    for (let round = 0; round < 3; round += 1)
      expect(await Promise.all([...ask(), ...ask()])).toEqual(Array(4).fill('version 1'))
    renewal.resolve()
    await expect.poll(() => two.get(['a'])).toBe('version 2')
    expect(loads).toBe(2)
  })

  test('do not meet when their prefixes differ', async () => {
    await using one = await openCache()
    await using two = await openCache()
    await one.set(['a'], 1, { ttlSeconds: 60, tags: ['t'] })
    expect(await two.get(['a'])).toBeUndefined()
    await two.invalidateTags(['t'])
    expect(await one.get(['a'])).toBe(1)
  })
})

describe('what Redis holds', () => {
  test('ends with its time, whatever it is', async () => {
    await using cache = await openCache({ prefix: 'ending' })
    const client = new Redis(redis.url)
    await cache.set(['a'], 1, { ttlSeconds: 10, staleSeconds: 20, tags: ['t'] })
    await cache.delete(['b'])
    await cache.invalidateTags(['u'])
    const keys = (await client.keys('ending:*')).filter((key) => key !== 'ending:clock')
    const seconds = Object.fromEntries(
      await Promise.all(keys.map(async (key) => [key, await client.ttl(key)] as const)),
    )
    client.disconnect()
    expect(Object.keys(seconds).sort()).toEqual([
      'ending:entry:a',
      'ending:entry:b',
      'ending:tag:t',
      'ending:tag:u',
    ])
    expect(seconds['ending:entry:a']).toBeLessThanOrEqual(30)
    for (const each of Object.values(seconds)) expect(each).toBeGreaterThan(0)
  })

  test('may be evicted in any part: that is a miss, never an old value', async () => {
    await using cache = await openCache({ prefix: 'evicted' })
    const client = new Redis(redis.url)
    const source = createSource()
    const options = { ttlSeconds: 60, tags: ['t'] }
    const ask = () => cache.getOrLoad(['a'], source.load, options)
    for (const key of ['evicted:clock', 'evicted:tag:t', 'evicted:entry:a']) {
      const before = await ask()
      await cache.invalidateTags(['t'])
      await client.del(key)
      expect(await ask()).not.toBe(before)
      await client.del(key)
      await ask()
      expect(await ask()).toBe(`version ${source.loads}`)
    }
    await client.set('evicted:entry:a', '{ broken')
    expect(await ask()).toBe(`version ${source.loads}`)
    client.disconnect()
  })
})

describe('when Redis goes away', () => {
  test('it costs speed, never a page, and it is used again when it is back', async () => {
    await using server = await startRedis()
    await using cache = await openCache({ url: server.url })
    const source = createSource()
    const options = { ttlSeconds: 60, staleSeconds: 60, tags: ['t'] }
    const ask = () => cache.getOrLoad(['a'], source.load, options)
    expect(await ask()).toBe('version 1')
    const pages = servePagesUntilStopped(ask)

    await sleep(50)
    await server.kill()
    await sleep(300)
    expect(await cache.isReady()).toBe(false)
    const startedAt = performance.now()
    for (let call = 0; call < 100; call++) {
      expect(await ask()).toMatch(/^version/)
      expect(await cache.get(['a'])).toBeUndefined()
      await cache.set(['b'], 1, { ttlSeconds: 60 })
      await cache.delete(['b'])
      await cache.invalidateTags(['t'])
    }
    // A hundred rounds, were each to wait for a timeout, would take a minute.
    expect(performance.now() - startedAt).toBeLessThan(2000)

    await server.restart()
    await expect.poll(() => cache.isReady(), { timeout: 5000 }).toBe(true)
    const version = await ask()
    expect(await ask()).toBe(version)
    expect((await pages.stop()).failures).toEqual([])
  })

  test('an invalidation that it missed is made good before anything is read again', async () => {
    await using way = await openWay(redis.url)
    await using far = await openCache({ prefix: 'missed', url: way.url })
    await using near = await openCache({ prefix: 'missed' })
    const options = { ttlSeconds: 60, tags: ['t'] }
    const source = createSource()
    await far.getOrLoad(['a'], source.load, options)
    await far.set(['b'], 'b', { ttlSeconds: 60 })
    way.cut()
    await far.invalidateTags(['t'])
    await far.delete(['b'])
    expect(await near.get(['a'])).toBe('version 1')
    way.mend()
    await expect.poll(() => far.isReady(), { timeout: 5000 }).toBe(true)
    expect(await far.get(['a'])).toBeUndefined()
    expect(await far.get(['b'])).toBeUndefined()
    expect(await near.get(['a'])).toBeUndefined()
    expect(await near.get(['b'])).toBeUndefined()
  })

  test('a Redis that hangs costs one timeout, not one a call', async () => {
    await using server = await startRedis()
    await using cache = await openCache({ url: server.url })
    const source = createSource()
    const ask = () => cache.getOrLoad(['a'], source.load, { ttlSeconds: 60, tags: ['t'] })
    await ask()
    server.pause()
    const startedAt = performance.now()
    for (let call = 0; call < 50; call++) await ask()
    await cache.invalidateTags(['t'])
    expect(performance.now() - startedAt).toBeLessThan(1000)
    // Longer than a connection may stay silent: the next one hangs as well.
    await sleep(1500)
    expect(await cache.isReady()).toBe(false)
    const before = await ask()
    server.resume()
    await expect.poll(() => cache.isReady(), { timeout: 8000 }).toBe(true)
    expect(await ask()).not.toBe(before)
  }, 15_000)

  test('a Redis that is full still forgets what is invalidated', async () => {
    await using server = await startRedis()
    await using cache = await openCache({ url: server.url })
    const source = createSource()
    const options = { ttlSeconds: 60, tags: ['t'] }
    const ask = () => cache.getOrLoad(['a'], source.load, options)
    expect([await ask(), await ask()]).toEqual(['version 1', 'version 1'])
    const client = new Redis(server.url)
    await client.config('SET', 'maxmemory', '1')
    expect(await ask()).toBe('version 1')
    await cache.invalidateTags(['t'])
    expect([await ask(), await ask()]).toEqual(['version 2', 'version 3'])
    await client.config('SET', 'maxmemory', '0')
    expect([await ask(), await ask()]).toEqual(['version 4', 'version 4'])
    client.disconnect()
  })

  test('an address where nothing ever answered is a cache that keeps nothing', async () => {
    await using cache = new RedisCache({ url: 'redis://127.0.0.1:1', prefix: 'p', log })
    await sleep(100)
    expect(await cache.isReady()).toBe(false)
    expect(await cache.getOrLoad(['a'], async () => 1, { ttlSeconds: 60 })).toBe(1)
  })
})

/** Asks without pause, as visitors do. */
function servePagesUntilStopped(ask: () => Promise<string>) {
  const failures: unknown[] = []
  let isStopped = false
  const serving = (async () => {
    while (!isStopped) {
      await ask().catch((error: unknown) => failures.push(error))
      await sleep(2)
    }
  })()
  return {
    async stop() {
      isStopped = true
      await serving
      return { failures }
    },
  }
}

/** The way to Redis, which can be cut and mended while Redis itself goes on. */
async function openWay(target: string) {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    if (isCut) return near.destroy()
    const far = connect(Number(port), hostname)
    near.pipe(far).pipe(near)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => sockets.delete(socket))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('the way has no port')
  const destroyAll = () => sockets.forEach((socket) => socket.destroy())
  return {
    url: `redis://127.0.0.1:${address.port}`,
    cut() {
      isCut = true
      destroyAll()
    },
    mend() {
      isCut = false
    },
    async [Symbol.asyncDispose]() {
      destroyAll()
      server.close()
    },
  }
}
