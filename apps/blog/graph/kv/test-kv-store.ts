import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { Key } from './key.ts'
import type { KvOperation, KvStore, KvValue } from './kv-store.ts'

export interface TestStores extends AsyncDisposable {
  /** Two stores on the same entries, as two processes would have; one twice where there can be no second. */
  readonly stores: readonly [KvStore, KvStore]
}

export interface TestStoreOptions {
  readonly historyLength?: number
}

const key = fc.array(fc.constantFrom('a', 'b', 'a\0', 1, -1), { minLength: 1, maxLength: 3 })
const value = fc.constantFrom<KvValue>('x', 0, { a: [1, null] }, [], true)
const operation = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), key, value }),
  fc.record({ kind: fc.constant('delete' as const), key }),
)

/** What every store must do; both of ours are held to it. */
export function testKvStore(open: (options?: TestStoreOptions) => Promise<TestStores>): void {
  test('gives what was put, until it is deleted', async () => {
    await using opened = await open()
    const [store, other] = opened.stores
    expect(await store.get(['a'])).toBeUndefined()
    await store.put(['a'], { title: 'A', tags: ['x', null] })
    await store.put(['a', 1], false)
    expect(await other.get(['a'])).toEqual({ title: 'A', tags: ['x', null] })
    expect(await other.get(['a', 1])).toBe(false)
    await other.delete(['a'])
    expect(await store.get(['a'])).toBeUndefined()
    expect(await store.get(['a', 1])).toBe(false)
  })

  test('scans a prefix in the order of the keys, page by page', async () => {
    await using opened = await open()
    const [store] = opened.stores
    const keys: Key[] = [
      ['e', 'b'],
      ['e', 'a|'],
      ['e', 'a', 2],
      ['e', 'a', 10],
      ['e'],
      ['f'],
      ['d'],
    ]
    await store.write(keys.map((key) => ({ kind: 'put', key, value: 1 })))
    const scan = async (...given: Parameters<KvStore['scan']>) =>
      (await store.scan(...given)).map(({ key }) => key)
    const ordered = [['e'], ['e', 'a', 2], ['e', 'a', 10], ['e', 'a|'], ['e', 'b']]
    expect(await scan(['e'])).toEqual(ordered)
    expect(await scan(['e', 'a'])).toEqual(ordered.slice(1, 3))
    expect(await scan(['e'], { limit: 2 })).toEqual(ordered.slice(0, 2))
    expect(await scan(['e'], { after: ['e', 'a', 2], limit: 2 })).toEqual(ordered.slice(2, 4))
    expect(await scan(['e'], { limit: 0 })).toEqual([])
    expect(await scan(['nothing'])).toEqual([])
    const several = await store.scanAll([['f'], ['e', 'a'], ['nothing']])
    expect(several.map(({ key }) => key)).toEqual([['e', 'a', 2], ['e', 'a', 10], ['f']])
    expect(await store.scanAll([])).toEqual([])
  })

  test('writes a batch whole or not at all', async () => {
    await using opened = await open()
    const [store] = opened.stores
    const wrong = { kind: 'put', key: [Number.NaN], value: 1 } as const
    await expect(store.write([{ kind: 'put', key: ['a'], value: 1 }, wrong])).rejects.toThrow('NaN')
    expect(await store.get(['a'])).toBeUndefined()
    expect(await store.cursor()).toBe(0)
  })

  test('tells of real changes only, in the order of the writes', async () => {
    await using opened = await open()
    const [store, other] = opened.stores
    await store.write([
      { kind: 'put', key: ['b'], value: 1 },
      { kind: 'put', key: ['a'], value: 1 },
      { kind: 'put', key: ['a'], value: 2 },
      { kind: 'delete', key: ['c'] },
    ])
    const first = await other.changesSince(0)
    expect(first?.changes).toEqual([
      { key: ['b'], value: 1 },
      { key: ['a'], value: 2 },
    ])
    expect(await store.put(['a'], 2)).toBe(0)
    const end = await other.delete(['b'])
    const second = await store.changesSince(first!.cursor)
    expect(second).toEqual({ changes: [{ key: ['b'], value: undefined }], cursor: end })
    expect(await store.cursor()).toBe(end)
    expect((await store.changesSince(end))?.changes).toEqual([])
  })

  test('gives changes in pages, and says when it has forgotten too many', async () => {
    await using opened = await open({ historyLength: 10 })
    const [store] = opened.stores
    await store.put(['first'], 0)
    await store.put(['second'], 0)
    const page = await store.changesSince(0, 1)
    expect(page?.changes).toEqual([{ key: ['first'], value: 0 }])
    const rest = await store.changesSince(page!.cursor)
    expect(rest?.changes).toEqual([{ key: ['second'], value: 0 }])
    const many = Array.from({ length: 1100 }, (_, number) => number)
    await store.write(many.map((number) => ({ kind: 'put', key: ['n', number], value: number })))
    expect(await store.changesSince(0)).toBeUndefined()
    expect((await store.changesSince(await store.cursor()))?.changes).toEqual([])
  })

  test('lets another process know', async () => {
    await using opened = await open()
    const [store, other] = opened.stores
    let cursor = await other.cursor()
    const seen: unknown[] = []
    const read = async () => {
      const found = await other.changesSince(cursor)
      cursor = found?.cursor ?? cursor
      seen.push(...(found?.changes ?? []))
    }
    const stop = other.onChange(() => void read())
    await store.put(['news'], 'yes')
    await vi.waitFor(() => expect(seen).toContainEqual({ key: ['news'], value: 'yes' }), 10_000)
    stop()
  })

  test('lets nobody write between the reads and writes of exclusive work', async () => {
    await using opened = await open()
    const [store, other] = opened.stores
    const addOne = (each: KvStore) =>
      each.exclusively(async (inside) => {
        const found = Number((await inside.get(['count'])) ?? 0)
        await inside.write([{ kind: 'put', key: ['count'], value: found + 1 }])
      })
    await Promise.all(Array.from({ length: 20 }, (_, n) => addOne(n % 2 === 0 ? store : other)))
    expect(await store.get(['count'])).toBe(20)
    const failing = store.exclusively(async (inside) => {
      await inside.write([{ kind: 'put', key: ['count'], value: 0 }])
      throw new Error('not after all')
    })
    await expect(failing).rejects.toThrow('not after all')
    expect(await store.get(['count'])).toBe(20)
  })

  test('has what a plain map would have after the same writes, and its history leads there', async () => {
    const batches = fc.array(fc.array(operation, { maxLength: 5 }), { maxLength: 6 })
    const law = fc.asyncProperty(batches, async (batches) => {
      await using opened = await open()
      const [store, other] = opened.stores
      const expected = new Map<string, KvValue>()
      for (const [place, batch] of batches.entries()) {
        await (place % 2 === 0 ? store : other).write(batch)
        for (const done of batch) applyTo(expected, done)
      }
      const entries = await store.scan([])
      expect(entries.map(({ key, value }) => [JSON.stringify(key), value])).toEqual(
        expect.arrayContaining([...expected]),
      )
      expect(entries).toHaveLength(expected.size)
      const replayed = new Map<string, KvValue>()
      for (const { key, value } of (await other.changesSince(0))?.changes ?? [])
        applyTo(
          replayed,
          value === undefined ? { kind: 'delete', key } : { kind: 'put', key, value },
        )
      expect(replayed).toEqual(expected)
    })
    await fc.assert(law, { numRuns: 25 })
  })
}

function applyTo(map: Map<string, KvValue>, operation: KvOperation): void {
  if (operation.kind === 'put') map.set(JSON.stringify(operation.key), operation.value)
  else map.delete(JSON.stringify(operation.key))
}
