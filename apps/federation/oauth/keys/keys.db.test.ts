import { randomBytes } from 'node:crypto'
import { createLog } from '@rose-ash/shared/infrastructure/log'
import { createTestDatabase } from '@rose-ash/testing/database'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadSigningKeys } from './keys.ts'

let connection: Awaited<ReturnType<typeof createTestDatabase>>
beforeEach(async () => {
  connection = await createTestDatabase()
})
afterEach(() => connection.close())

const log = createLog({ app: 'federation', level: 'silent' })
const load = (encryptionKey: Buffer) =>
  loadSigningKeys({ database: connection.database, encryptionKey, log })

test('of several processes that need the first key at once, one makes it', async () => {
  const encryptionKey = randomBytes(32)
  const loaded = await Promise.all(Array.from({ length: 4 }, () => load(encryptionKey)))
  const { rows } = await connection.pool.query('select kid from oidc_keys')
  expect(rows).toHaveLength(1)
  for (const keys of loaded) {
    expect(keys).toEqual([expect.objectContaining({ kid: rows[0].kid, alg: 'ES256', use: 'sig' })])
  }
})

test('the private part is not to be read in the table', async () => {
  const [key] = await load(randomBytes(32))
  const { rows } = await connection.pool.query('select oidc_keys::text as row from oidc_keys')
  expect(rows[0].row).toContain(key!.x)
  expect(rows[0].row).not.toContain(key!.d)
})

test('under another secret key a key of its own is made, and the old one stays', async () => {
  const [first] = await load(randomBytes(32))
  const second = await load(randomBytes(32))
  expect(second).toHaveLength(1)
  expect(second[0]!.kid).not.toBe(first!.kid)
  const { rows } = await connection.pool.query('select kid from oidc_keys')
  expect(rows).toHaveLength(2)
})
