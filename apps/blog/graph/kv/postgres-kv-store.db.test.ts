import { createLog } from '@rose-ash/shared/infrastructure/log'
import { createTestDatabase } from '@rose-ash/testing/database'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PostgresKvStore } from './postgres-kv-store.ts'
import { testKvStore } from './test-kv-store.ts'

let connection: Awaited<ReturnType<typeof createTestDatabase>>
const log = createLog({ app: 'blog', level: 'silent' })

beforeAll(async () => {
  connection = await createTestDatabase()
})
afterAll(() => connection.close())

function parts() {
  return { database: connection.database, listening: { url: connection.url, log } }
}

describe('a store in PostgreSQL', () => {
  testKvStore(async (options) => {
    await connection.database.execute(
      sql`truncate kv_entries, kv_changes, kv_horizon restart identity`,
    )
    const open = () => new PostgresKvStore({ ...parts(), ...options })
    const stores = [open(), open()] as const
    const close = async () => {
      for (const store of stores) await store[Symbol.asyncDispose]()
    }
    return { stores, [Symbol.asyncDispose]: close }
  })

  test('gives numbers in the order of the commits, however many write at once', async () => {
    await using store = new PostgresKvStore(parts())
    let cursor = await store.cursor()
    const seen: unknown[] = []
    const writes = Array.from({ length: 40 }, (_, number) => store.put(['at once', number], number))
    const read = async () => {
      const found = await store.changesSince(cursor)
      cursor = found!.cursor
      seen.push(...found!.changes)
    }
    for (const write of writes) await Promise.all([read(), write])
    await read()
    expect(seen).toHaveLength(40)
  })

  test('writes with a transaction of its caller, and is rolled back with it', async () => {
    await using store = new PostgresKvStore(parts())
    const failing = connection.database.transaction(async (transaction) => {
      await store.within(transaction).write([{ kind: 'put', key: ['within'], value: 1 }])
      throw new Error('not after all')
    })
    await expect(failing).rejects.toThrow('not after all')
    expect(await store.get(['within'])).toBeUndefined()
    await connection.database.transaction((transaction) =>
      store.within(transaction).write([{ kind: 'put', key: ['within'], value: 1 }]),
    )
    expect(await store.get(['within'])).toBe(1)
  })
})
