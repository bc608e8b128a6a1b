import fc from 'fast-check'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { describeCacheContract } from './cache-contract.ts'
import { encodeCacheKey } from './cache-key.ts'
import type { Cache, CacheKey } from './cache.ts'
import { MemoryCache } from './memory-cache.ts'

const log = pino({ level: 'silent' })

describeCacheContract('MemoryCache', async () => new MemoryCache({ log }))

describe('MemoryCache', () => {
  test('holds no more entries than it was given', async () => {
    await using cache = new MemoryCache({ log, maxEntries: 10 })
    for (let number = 0; number < 50; number++) {
      await cache.set(['a', `${number}`], number, { ttlSeconds: 60, tags: [`tag ${number}`] })
    }
    expect(await countPresent(cache, 50)).toBe(10)
  })

  test('holds no more bytes than it was given, and no entry larger than that', async () => {
    await using cache = new MemoryCache({ log, maxBytes: 100_000 })
    for (let number = 0; number < 50; number++) {
      await cache.set(['a', `${number}`], 'x'.repeat(5000), { ttlSeconds: 60 })
    }
    const present = await countPresent(cache, 50)
    expect(present).toBeGreaterThan(5)
    expect(present).toBeLessThan(11)
    await cache.set(['large'], 'x'.repeat(60_000), { ttlSeconds: 60, tags: ['t'] })
    expect(await cache.get(['large'])).toBeUndefined()
  })

  test('an evicted entry that is stored again answers to its new tags only', async () => {
    await using cache = new MemoryCache({ log, maxEntries: 1 })
    await cache.set(['a'], 1, { ttlSeconds: 60, tags: ['old'] })
    await cache.set(['b'], 2, { ttlSeconds: 60, tags: ['old'] })
    await cache.set(['a'], 3, { ttlSeconds: 60, tags: ['new'] })
    await cache.invalidateTags(['old'])
    expect(await cache.get(['a'])).toBe(3)
    await cache.invalidateTags(['new'])
    expect(await cache.get(['a'])).toBeUndefined()
  })
})

describe('a cache key', () => {
  const part = fc.string({ unit: fc.constantFrom('a', ':', '%', '3', '25', '\ud800', 'ä') })
  const key = fc.tuple(part).chain(([head]) => {
    return fc.array(part, { maxLength: 3 }).map((rest): CacheKey => [head, ...rest])
  })

  test('is never the same text as another key, in UTF-8 either', () => {
    fc.assert(
      fc.property(key, key, (left, right) => {
        const isSame = JSON.stringify(left) === JSON.stringify(right)
        const [first, second] = [left, right].map((each) => Buffer.from(encodeCacheKey(each)))
        expect(first?.equals(second ?? Buffer.of())).toBe(isSame)
      }),
      { numRuns: 2000 },
    )
  })
})

/** Never called: the compiler checks it. */
export async function valuesThatJsonWouldChange(cache: Cache): Promise<void> {
  const options = { ttlSeconds: 1 }
  interface Page {
    readonly html: string
    readonly image?: string
    readonly links: readonly { readonly url: string | null }[]
  }
  const page: Page = { html: '', links: [] }
  await cache.set(['page'], page, options)
  const loaded: Page | null = await cache.getOrLoad(['p'], async () => page as Page | null, options)
  await cache.set(['again'], loaded, options)
  // @ts-expect-error: a Date would come back as a string
  await cache.set(['date'], { at: new Date() }, options)
  // @ts-expect-error: a Map would come back empty
  await cache.getOrLoad(['map'], async () => new Map([['a', 1]]), options)
  // @ts-expect-error: undefined means a miss
  await cache.getOrLoad(['none'], async () => undefined as string | undefined, options)
  // @ts-expect-error: JSON has no bigint
  await cache.set(['big'], [1n], options)
  // @ts-expect-error: a key has parts
  await cache.get('a:b')
}

async function countPresent(cache: Cache, count: number): Promise<number> {
  const keys = Array.from({ length: count }, (_, number): CacheKey => ['a', `${number}`])
  const values = await Promise.all(keys.map((key) => cache.get(key)))
  return values.filter((value) => value !== undefined).length
}
