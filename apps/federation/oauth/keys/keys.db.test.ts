import { randomBytes } from 'node:crypto'
import { createLog } from '@rose-ash/shared/infrastructure/log'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { loadSigningKeys, readKeysVersion } from './load.ts'
import { ClosedKeysError, type RotationOptions, rotateSigningKeys } from './rotate.ts'

let connection: Awaited<ReturnType<typeof createTestDatabase>>
let encryptionKey: Buffer
beforeAll(async () => {
  connection = await createTestDatabase()
})
beforeEach(async () => {
  await emptyTables(connection.pool, 'oidc_keys')
  encryptionKey = randomBytes(32)
})
afterAll(() => connection.close())

const log = createLog({ app: 'federation', level: 'silent' })

function load(key = encryptionKey) {
  return loadSigningKeys({ database: connection.database, encryptionKey: key, log })
}

/** Ids as they are published: the one that signs first. */
async function published(key = encryptionKey): Promise<readonly (string | undefined)[]> {
  return (await load(key)).jwks.map(({ kid }) => kid)
}

function rotate(options: Partial<RotationOptions> = {}) {
  return rotateSigningKeys({ database: connection.database, encryptionKey, log, ...options })
}

const day = 86_400_000
const start = Date.now()
const after = (days: number) => ({ now: new Date(start + days * day + 60_000) })

async function countRows(): Promise<number> {
  return (await connection.pool.query('select 1 from oidc_keys')).rows.length
}

test('of several processes that need the first key at once, one makes it', async () => {
  const loaded = await Promise.all(Array.from({ length: 4 }, () => load()))
  const { rows } = await connection.pool.query('select kid from oidc_keys')
  expect(rows).toHaveLength(1)
  for (const { jwks } of loaded) {
    expect(jwks).toEqual([expect.objectContaining({ kid: rows[0].kid, alg: 'ES256', use: 'sig' })])
  }
})

test('the private part is not to be read in the table', async () => {
  const { jwks } = await load()
  const { rows } = await connection.pool.query('select oidc_keys::text as row from oidc_keys')
  expect(rows[0].row).toContain(jwks[0]!.x)
  expect(rows[0].row).not.toContain(jwks[0]!.d)
})

describe('the life of a key', () => {
  test('it is published before it signs, signs for 90 days, and is published for 100 more', async () => {
    const [first] = await published()
    const { current, next, isNew } = await rotate(after(0))
    expect({ current, isNew }).toEqual({ current: first, isNew: false })
    expect(await published()).toEqual([first, next])

    await rotate(after(89))
    expect(await published()).toEqual([first, next])
    const later = await rotate(after(90))
    expect(later).toMatchObject({ current: next, isNew: true })
    expect(await published()).toEqual([next, later.next, first])

    await rotate(after(189))
    expect(await published()).toContain(first)
    await rotate(after(191))
    expect(await published()).not.toContain(first)
  })

  test('a next key that has just been made waits a day, however old the current one is', async () => {
    const [first] = await published()
    const { next } = await rotate(after(200))
    expect(await published()).toEqual([first, next])
    await rotate(after(200.5))
    expect(await published()).toEqual([first, next])
    expect(await rotate(after(201.1))).toMatchObject({ current: next, isNew: true })
  })

  test('of several processes that rotate at once, one does', async () => {
    await rotate(after(0))
    const rotations = await Promise.all(Array.from({ length: 4 }, () => rotate(after(90))))
    expect(rotations.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(new Set(rotations.map(({ current }) => current)).size).toBe(1)
    expect(await countRows()).toBe(3)
  })

  test('the version tells of each change, and of nothing else', async () => {
    const { version } = await load()
    expect(await readKeysVersion(connection.database)).toBe(version)
    await rotate(after(0))
    const withNext = (await load()).version
    expect(withNext).not.toBe(version)
    await rotate(after(1))
    expect(await readKeysVersion(connection.database)).toBe(withNext)
    await rotate(after(90))
    expect(await readKeysVersion(connection.database)).not.toBe(withNext)
  })
})

describe('after a leak', () => {
  test('the next key signs at once, and there is a next one again', async () => {
    const [first] = await published()
    const { current, next, isNew } = await rotate({ force: 'retire' })
    expect(isNew).toBe(true)
    expect(await published()).toEqual([current, next, first])
  })

  test('what has signed is no longer published when it is revoked', async () => {
    await rotate({ force: 'retire' })
    const { current, next } = await rotate({ force: 'revoke' })
    expect(await published()).toEqual([current, next])
  })
})

describe('under another secret key', () => {
  test('a key of its own is made, and the old one stays for those who still use it', async () => {
    const [first] = await published()
    const other = await published(randomBytes(32))
    expect(other).toHaveLength(1)
    expect(other).not.toContain(first)
    expect(await countRows()).toBe(2)
    expect(await published()).toEqual([first])
  })

  test('rotating leaves keys alone that do not open, until they are older than any can be', async () => {
    const [first] = await published()
    const other = randomBytes(32)
    await rotate({ encryptionKey: other, force: 'revoke', ...after(0) })
    await rotate({ encryptionKey: other, ...after(270) })
    expect(await published()).toEqual([first])
    await rotate({ encryptionKey: other, ...after(281) })
    const { rows } = await connection.pool.query('select 1 from oidc_keys where kid = $1', [first])
    expect(rows).toEqual([])
  })

  test('an operator with the wrong one is told so, and nothing changes', async () => {
    const before = await load()
    const wrong = { encryptionKey: randomBytes(32), mustOpen: true, force: 'revoke' } as const
    await expect(rotate(wrong)).rejects.toThrow(ClosedKeysError)
    expect(await load()).toEqual(before)
  })
})
