import { createTestDatabase } from '@rose-ash/testing/database'
import { expect, test } from 'vitest'
import { migrateDatabase } from './migrate.ts'
import { DatabaseWaitError, waitForDatabase } from './wait-for-database.ts'

const brief = { timeoutSeconds: 0.3, intervalMilliseconds: 50 }

test('a migrated database is waited for no longer', async () => {
  await using connection = await createTestDatabase()
  await waitForDatabase({ url: connection.url, isMigratedElsewhere: true, ...brief })
})

test('a service that does not migrate waits until another has', async () => {
  await using connection = await createTestDatabase()
  await connection.pool.query(
    'drop schema drizzle cascade; drop schema public cascade; create schema public',
  )
  await expect(
    waitForDatabase({ url: connection.url, isMigratedElsewhere: true, ...brief }),
  ).rejects.toThrow('older than this code')

  const waiting = waitForDatabase({
    url: connection.url,
    isMigratedElsewhere: true,
    timeoutSeconds: 10,
    intervalMilliseconds: 50,
  })
  await migrateDatabase({ url: connection.url })
  await waiting
})

test('the service that migrates waits only for an answer', async () => {
  await using connection = await createTestDatabase()
  await connection.pool.query('drop schema drizzle cascade')
  await waitForDatabase({ url: connection.url, isMigratedElsewhere: false, ...brief })
})

test('a database that is newer than the code, after a rollback, will do', async () => {
  await using connection = await createTestDatabase()
  await connection.pool.query(
    "insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)",
  )
  await waitForDatabase({ url: connection.url, isMigratedElsewhere: true, ...brief })
})

test('a database that never answers ends the wait with a sentence', async () => {
  const told: string[] = []
  const waiting = waitForDatabase({
    url: 'postgresql://nobody@127.0.0.1:1/nothing',
    isMigratedElsewhere: false,
    // Room for more than five tries on a machine that is busy.
    timeoutSeconds: 2,
    intervalMilliseconds: 20,
    tell: (sentence) => told.push(sentence),
  })
  await expect(waiting).rejects.toThrow(DatabaseWaitError)
  await expect(waiting).rejects.toThrow('Waited 2 s in vain: the database does not answer')
  expect(told[0]).toContain('does not answer')
})

test('a missing address is told at once', async () => {
  await expect(waitForDatabase({ url: '', isMigratedElsewhere: false })).rejects.toThrow(
    'DATABASE_URL is not set.',
  )
})
