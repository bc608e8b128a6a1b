import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Cache, CacheKey } from './cache.ts'
import { createSource } from './test-source.ts'

/** What every cache promises. `createCache` gives an empty, ready one; the suite closes it. */
export function describeCacheContract(name: string, createCache: () => Promise<Cache>): void {
  describe(`${name} as a cache`, () => {
    let cache: Cache
    beforeEach(async () => {
      cache = await createCache()
    })
    afterEach(() => cache.close())

    test('a stored value comes back until its time is over', async () => {
      await cache.set(
        ['post', '1'],
        { title: 'Bread', tags: ['rye', 'spelt'] },
        { ttlSeconds: 0.2 },
      )
      expect(await cache.get(['post', '1'])).toEqual({ title: 'Bread', tags: ['rye', 'spelt'] })
      await sleep(230)
      expect(await cache.get(['post', '1'])).toBeUndefined()
    })

    test('whatever JSON can write is kept whole', async () => {
      const values = [null, false, 0, -1.5, '', 'ä🌹\u0000\n', [], {}, [1, [2, { a: null }]]]
      for (const value of values) {
        await cache.set(['value'], value, { ttlSeconds: 60, tags: ['value'] })
        expect(await cache.get(['value'])).toEqual(value)
      }
    })

    test('a value whose time is zero is not kept', async () => {
      await cache.set(['a'], 1, { ttlSeconds: 0 })
      expect(await cache.get(['a'])).toBeUndefined()
      expect(await cache.getOrLoad(['b'], async () => 2, { ttlSeconds: 0 })).toBe(2)
      expect(await cache.get(['b'])).toBeUndefined()
    })

    test('keys that differ only in where the parts end are different keys', async () => {
      const keys: CacheKey[] = [['a:b', 'c'], ['a', 'b:c'], ['a', 'b', 'c'], ['a:b:c'], ['a%3ab:c']]
      for (const [index, key] of keys.entries()) await cache.set(key, index, { ttlSeconds: 60 })
      const values = await Promise.all(keys.map((key) => cache.get(key)))
      expect(values).toEqual([0, 1, 2, 3, 4])
    })

    test('a reader who changes a value does not change what others read', async () => {
      const load = async () => ({ lines: ['one'] })
      const first = await cache.getOrLoad(['a'], load, { ttlSeconds: 60 })
      first.lines.push('two')
      expect(await cache.get(['a'])).toEqual({ lines: ['one'] })
      const second = await cache.getOrLoad(['a'], load, { ttlSeconds: 60 })
      expect(second).toEqual({ lines: ['one'] })
    })

    test('a deleted key is gone, its neighbour is not', async () => {
      await cache.set(['a'], 1, { ttlSeconds: 60 })
      await cache.set(['a', 'b'], 2, { ttlSeconds: 60 })
      await cache.delete(['a'])
      expect(await cache.get(['a'])).toBeUndefined()
      expect(await cache.get(['a', 'b'])).toBe(2)
      await cache.set(['a'], 3, { ttlSeconds: 60 })
      expect(await cache.get(['a'])).toBe(3)
    })

    test('invalidating a tag removes what carries it and nothing else', async () => {
      await cache.set(['home'], 'home', { ttlSeconds: 60, tags: ['post:1', 'post:2'] })
      await cache.set(['post', '1'], 'one', { ttlSeconds: 60, tags: ['post:1'] })
      await cache.set(['post', '2'], 'two', { ttlSeconds: 60, tags: ['post:2'] })
      await cache.set(['about'], 'about', { ttlSeconds: 60 })
      await cache.invalidateTags(['post:1', 'never seen'])
      expect(await cache.get(['home'])).toBeUndefined()
      expect(await cache.get(['post', '1'])).toBeUndefined()
      expect(await cache.get(['post', '2'])).toBe('two')
      expect(await cache.get(['about'])).toBe('about')
    })

    test('after an invalidation the same tag can be used and invalidated again', async () => {
      for (const round of [1, 2, 3]) {
        await cache.set(['a'], round, { ttlSeconds: 60, tags: ['t'] })
        expect(await cache.get(['a'])).toBe(round)
        await cache.invalidateTags(['t'])
        expect(await cache.get(['a'])).toBeUndefined()
      }
    })

    test('a value is loaded once and then comes from the cache', async () => {
      const source = createSource()
      for (const _ of [1, 2, 3]) {
        expect(await cache.getOrLoad(['a'], source.load, { ttlSeconds: 60 })).toBe('version 1')
      }
      expect(source.loads).toBe(1)
    })

    test('a hundred who ask at once cause one load', async () => {
      const source = createSource({ loadMs: 30 })
      const asked = Array.from({ length: 100 }, () => {
        return cache.getOrLoad(['a'], source.load, { ttlSeconds: 60 })
      })
      expect(new Set(await Promise.all(asked))).toEqual(new Set(['version 1']))
      expect(source.loads).toBe(1)
    })

    test('the error of a load reaches everybody who waits and is not kept', async () => {
      const source = createSource({ loadMs: 20 })
      source.error = new Error('no flour')
      const ask = () => cache.getOrLoad(['a'], source.load, { ttlSeconds: 60, staleSeconds: 60 })
      const results = await Promise.allSettled([ask(), ask(), ask()])
      expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected', 'rejected'])
      expect(source.loads).toBe(1)
      source.error = undefined
      expect(await ask()).toBe('version 2')
    })

    test('a stale value is served at once and renewed once behind the scenes', async () => {
      const source = createSource({ loadMs: 30 })
      const ask = () => cache.getOrLoad(['a'], source.load, { ttlSeconds: 0.1, staleSeconds: 60 })
      await ask()
      await sleep(120)
      expect(await cache.get(['a'])).toBeUndefined()
      expect(await Promise.all([ask(), ask(), ask()])).toEqual(Array(3).fill('version 1'))
      await expect.poll(ask).toBe('version 2')
      expect(source.loads).toBe(2)
    })

    test('a stale value goes on being served while it cannot be renewed', async () => {
      const source = createSource()
      const ask = () => cache.getOrLoad(['a'], source.load, { ttlSeconds: 0.05, staleSeconds: 60 })
      await ask()
      source.error = new Error('no flour')
      await sleep(70)
      for (const _ of [1, 2, 3]) {
        expect(await ask()).toBe('version 1')
        await sleep(10)
      }
    })

    test('after its stale time a value is loaded anew before anybody gets an answer', async () => {
      const source = createSource()
      const ask = () =>
        cache.getOrLoad(['a'], source.load, { ttlSeconds: 0.05, staleSeconds: 0.05 })
      await ask()
      await sleep(130)
      expect(await ask()).toBe('version 2')
    })

    test('an invalidated value is not served as stale either', async () => {
      const source = createSource()
      const options = { ttlSeconds: 0.05, staleSeconds: 60, tags: ['t'] }
      await cache.getOrLoad(['a'], source.load, options)
      await sleep(70)
      await cache.invalidateTags(['t'])
      expect(await cache.getOrLoad(['a'], source.load, options)).toBe('version 2')
    })

    test('tags may depend on the value that was loaded', async () => {
      const source = createSource()
      const options = { ttlSeconds: 60, tags: (value: string) => [`is:${value}`] }
      await cache.getOrLoad(['a'], source.load, options)
      await cache.invalidateTags(['is:version 2'])
      expect(await cache.getOrLoad(['a'], source.load, options)).toBe('version 1')
      await cache.invalidateTags(['is:version 1'])
      expect(await cache.getOrLoad(['a'], source.load, options)).toBe('version 2')
    })

    test.each([
      ['its tag is invalidated', () => cache.invalidateTags(['t'])],
      ['its key is deleted', () => cache.delete(['a'])],
    ])('a value that is being loaded when %s is not kept', async (_what, invalidate) => {
      const source = createSource({ loadMs: 40 })
      const options = { ttlSeconds: 60, tags: () => ['t'] }
      const before = cache.getOrLoad(['a'], source.load, options)
      await sleep(15)
      await invalidate()
      const after = cache.getOrLoad(['a'], source.load, options)
      expect(await before).toBe('version 1')
      expect(await after).toBe('version 2')
      expect(await cache.getOrLoad(['a'], source.load, options)).toBe('version 2')
    })

    test('a closed cache keeps nothing, finds nothing and goes on loading', async () => {
      await cache.set(['a'], 1, { ttlSeconds: 60 })
      expect(await cache.isReady()).toBe(true)
      await cache.close()
      expect(await cache.isReady()).toBe(false)
      await cache.set(['b'], 2, { ttlSeconds: 60 })
      await cache.delete(['b'])
      await cache.invalidateTags(['t'])
      expect(await cache.get(['a'])).toBeUndefined()
      expect(await cache.getOrLoad(['c'], async () => 3, { ttlSeconds: 60 })).toBe(3)
      expect(await cache.get(['c'])).toBeUndefined()
    })
  })
}
