import { createAccountService } from '@rose-ash/shared/services/account/account-service'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createUser } from '@rose-ash/testing/factories/member'
import { createPage } from '@rose-ash/testing/factories/page'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { parseRolesCommand } from './parse-command.ts'
import { runRolesCommand } from './run-command.ts'

const connection = await createTestDatabase()
const { database, pool } = connection
const account = createAccountService({ database, cache: { invalidateTags: async () => {} } })
afterAll(() => connection.close())
beforeEach(async () => {
  await emptyTables(pool, 'users')
  await createUser(database, { email: 'Ada@example.org', roles: ['admin'] })
})

const run = (...words: readonly string[]) =>
  runRolesCommand(parseRolesCommand(words), { database, account })

test('a role of a page that nobody sees yet is given, listed and taken away again', async () => {
  await createUser(database, { email: 'ben@example.org' })
  const { slug } = await createPage(database, { status: 'draft' })
  const words = ['ben@example.org', 'market', '--page', slug]
  const role = `the role market for the page “${slug}”`
  expect(await run(...words)).toEqual([`ben@example.org now has ${role}: products and orders.`])
  expect(await run(...words)).toEqual([`ben@example.org already has ${role}.`])
  expect((await run('--list')).toSorted()).toEqual([
    'Ada@example.org  admin  whole site',
    `ben@example.org  market  page ${slug}`,
  ])
  expect(await run(...words, '--revoke')).toEqual([`ben@example.org no longer has ${role}.`])
  expect(await run(...words, '--revoke')).toEqual([`ben@example.org did not have ${role}.`])
})

test('nothing changes where a role cannot be taken away', async () => {
  await expect(run('ada@example.org', '--revoke')).rejects.toThrow('Nobody would be left')
  await expect(run('nobody@example.org', '--revoke')).rejects.toThrow(
    'Nobody has an account with the address nobody@example.org.',
  )
  expect(await run('--list')).toEqual(['Ada@example.org  admin  whole site'])
})

test('an empty list is said', async () => {
  await emptyTables(pool, 'users')
  expect(await run('--list')).toEqual(['Nobody has a role.'])
})
