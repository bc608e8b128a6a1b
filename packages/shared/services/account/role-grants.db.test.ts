import { randomUUID } from 'node:crypto'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createUser } from '@rose-ash/testing/factories/member'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { RoleGrant } from '../../contracts/account.ts'
import type { Container } from '../../contracts/container.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '../../contracts/errors.ts'
import { createAccountService } from './account-service.ts'

const connection = await createTestDatabase({ poolSize: 8 })
const { database, pool } = connection
afterAll(() => connection.close())

let forgotten: string[] = []
const account = createAccountService({
  database,
  cache: { invalidateTags: async (tags) => void forgotten.push(...tags) },
})
const mill: Container = { type: 'page', id: randomUUID() }

beforeEach(async () => {
  await emptyTables(pool, 'users')
  forgotten = []
})

async function createMember(...roles: string[]): Promise<string> {
  return (await createUser(database, { roles })).id
}

async function rolesOf(userId: string) {
  return (await account.findUser(userId))?.roles
}

const onSite = (userId: string, role: string): RoleGrant => ({ userId, role, container: null })

describe('a role', () => {
  test('is given once, however often, and taken away as often', async () => {
    const userId = await createMember()
    const grant = onSite(userId, 'editor')
    expect(await account.grantRole(grant)).toBe(true)
    expect(await account.grantRole(grant)).toBe(false)
    expect(await rolesOf(userId)).toEqual([{ role: 'editor', container: null }])
    expect(await account.revokeRole(grant)).toBe(true)
    expect(await account.revokeRole(grant)).toBe(false)
    expect(await rolesOf(userId)).toEqual([])
  })

  test('is given once by two at the same time', async () => {
    const grant = { userId: await createMember(), role: 'market', container: mill }
    const given = await Promise.all([account.grantRole(grant), account.grantRole(grant)])
    expect(given.filter(Boolean)).toHaveLength(1)
    expect(await rolesOf(grant.userId)).toEqual([{ role: 'market', container: mill }])
  })

  test('of one page is another than that of the whole site', async () => {
    const userId = await createMember('editor')
    const ofMill = { userId, role: 'editor', container: mill }
    expect(await account.grantRole(ofMill)).toBe(true)
    expect(await account.revokeRole(onSite(userId, 'editor'))).toBe(true)
    expect(await rolesOf(userId)).toEqual([{ role: 'editor', container: mill }])
  })

  test('that changes is forgotten by every cache of its member', async () => {
    const userId = await createMember('admin')
    await account.grantRole(onSite(userId, 'editor'))
    expect(forgotten).toEqual([`user:${userId}`, `visitor:user:${userId}`])
    await account.revokeRole(onSite(userId, 'editor'))
    expect(forgotten).toHaveLength(4)
  })

  test('is refused when it makes no sense, and nothing changes', async () => {
    const userId = await createMember()
    const unknown = onSite(userId, 'constructor')
    const nobody = onSite(randomUUID(), 'editor')
    const ofMill = { userId, role: 'admin', container: mill }
    await expect(account.grantRole(unknown)).rejects.toThrow(InvalidInputError)
    await expect(account.grantRole(unknown)).rejects.toThrow('“constructor” is no role')
    await expect(account.grantRole(ofMill)).rejects.toThrow(InvalidInputError)
    await expect(account.grantRole(nobody)).rejects.toThrow(NotFoundError)
    await expect(account.revokeRole(unknown)).rejects.toThrow(InvalidInputError)
    expect(await account.listRoleHolders()).toEqual([])
  })

  test('that is not in the table any more can still be taken away', async () => {
    const userId = await createMember('baker')
    expect(await account.revokeRole(onSite(userId, 'baker'))).toBe(true)
    expect(await rolesOf(userId)).toEqual([])
  })
})

describe('the last who may give roles', () => {
  test('stays', async () => {
    const userId = await createMember('admin', 'editor')
    const taking = account.revokeRole(onSite(userId, 'admin'))
    await expect(taking).rejects.toThrow(ConflictError)
    expect(await account.revokeRole(onSite(userId, 'editor'))).toBe(true)
    expect(await rolesOf(userId)).toEqual([{ role: 'admin', container: null }])
  })

  test('stays also when all are taken away at once', async () => {
    const admins = await Promise.all(Array.from({ length: 6 }, () => createMember('admin')))
    const taken = await Promise.allSettled(
      admins.map((userId) => account.revokeRole(onSite(userId, 'admin'))),
    )
    const refused = taken.filter(({ status }) => status === 'rejected')
    expect(refused).toEqual([{ status: 'rejected', reason: expect.any(ConflictError) }])
    expect(await account.listRoleHolders()).toHaveLength(1)
  })
})

test('those who hold roles are listed by name, with what they hold', async () => {
  await createUser(database, { displayName: 'Nobody' })
  const zoe = await createUser(database, { displayName: 'zoe', roles: ['market', 'editor'] })
  const ada = await createUser(database, { displayName: 'Ada', roles: ['admin'] })
  const holders = await account.listRoleHolders()
  expect(holders.map(({ id, roles }) => [id, roles.map(({ role }) => role)])).toEqual([
    [ada.id, ['admin']],
    [zoe.id, ['editor', 'market']],
  ])
})
