import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DatabaseConnection } from '../infrastructure/database.ts'
import { apActivities, eventDeliveries } from '../models/activities.ts'
import type { Database } from '../models/database.ts'
import { activityChannel, emitActivity } from './emit-activity.ts'
import type { Subscription } from './subscriptions.ts'
import { newSignIn, newUpdate } from './test-activities.ts'

const table: readonly Subscription[] = [
  { name: 'cart.adopt', types: ['SignIn', 'SignOut'] },
  { name: 'blog.rebuild', types: ['Create', 'Update', 'Delete'], objectTypes: ['Page'] },
  { name: 'federation.deliver', types: ['Create', 'Update', 'Delete'] },
]

let connection: DatabaseConnection
beforeAll(async () => {
  connection = await createTestDatabase()
})
afterAll(() => connection.close())
beforeEach(async () => {
  await emptyTables(connection.pool, 'ap_activities', 'event_deliveries')
})

function readHandlers() {
  return connection.database
    .select({ handler: eventDeliveries.handler })
    .from(eventDeliveries)
    .then((rows) => rows.map((row) => row.handler).toSorted())
}

describe('an activity', () => {
  test('is written once, with a delivery for each handler that listens for it', async () => {
    const signIn = newSignIn()
    const activityId = await connection.database.transaction((transaction) => {
      return emitActivity(transaction, signIn, table)
    })
    const [row, ...others] = await connection.database.select().from(apActivities)
    expect(others).toEqual([])
    expect(row).toMatchObject({ ...signIn, activityId, aggregateVersion: null })
    expect(await readHandlers()).toEqual(['cart.adopt'])
  })

  test('goes to handlers by the kind of its object, too', async () => {
    await connection.database.transaction(async (transaction) => {
      const article = newUpdate({ objectId: 'a', aggregateVersion: 1 })
      await emitActivity(transaction, article, table)
      await emitActivity(transaction, { ...article, objectType: 'Page' }, table)
    })
    expect(await readHandlers()).toEqual([
      'blog.rebuild',
      'federation.deliver',
      'federation.deliver',
    ])
  })

  test('leaves nothing when its transaction is rolled back, whole or to a savepoint', async () => {
    const { database } = connection
    const rolledBack = database.transaction(async (transaction) => {
      await emitActivity(transaction, newSignIn(), table)
      throw new Error('the change fails')
    })
    await expect(rolledBack).rejects.toThrow('the change fails')
    await database.transaction(async (transaction) => {
      const inner = transaction.transaction(async (savepoint) => {
        await emitActivity(savepoint, newSignIn(), table)
        throw new Error('a part fails')
      })
      await expect(inner).rejects.toThrow('a part fails')
    })
    expect(await database.select().from(apActivities)).toEqual([])
    expect(await database.select().from(eventDeliveries)).toEqual([])
  })

  test('notifies once a transaction, when it commits', async () => {
    const listener = new Client({ connectionString: connection.url })
    await listener.connect()
    const payloads: (string | undefined)[] = []
    listener.on('notification', ({ payload }) => payloads.push(payload))
    await listener.query(`listen ${activityChannel}`)
    await connection.database.transaction(async (transaction) => {
      for (let number = 0; number < 5; number++) await emitActivity(transaction, newSignIn(), table)
      await listener.query('select 1')
      expect(payloads).toEqual([])
    })
    await expect.poll(() => payloads).toEqual([''])
    await listener.query('select 1')
    expect(payloads).toEqual([''])
    await listener.end()
  })

  test('with a version that its object has already is refused', async () => {
    const emit = () =>
      connection.database.transaction((transaction) => {
        return emitActivity(transaction, newUpdate({ objectId: 'a', aggregateVersion: 1 }), table)
      })
    await emit()
    await expect(emit()).rejects.toThrow()
    expect(await connection.database.select().from(apActivities)).toHaveLength(1)
  })

  test('that does not fit its schema is refused before anything is written', async () => {
    const signIn = newSignIn()
    const emit = connection.database.transaction((transaction) => {
      const payload = { ...signIn.payload, userId: 'nobody' }
      return emitActivity(transaction, { ...signIn, payload }, table)
    })
    await expect(emit).rejects.toThrow('userId')
    expect(await connection.database.select().from(apActivities)).toEqual([])
  })
})

/** Never called: the compiler checks it. */
export async function whatDoesNotCompile(database: Database): Promise<void> {
  // @ts-expect-error: an activity belongs into the transaction of its change
  await emitActivity(database, newSignIn())
  await database.transaction(async (transaction) => {
    await emitActivity(transaction, newSignIn())
    // @ts-expect-error: an update tells of an article or a page
    await emitActivity(transaction, { ...newSignIn(), type: 'Update' })
    // @ts-expect-error: a sign-in has no slug
    await emitActivity(transaction, { ...newSignIn(), payload: { slug: 'a' } })
  })
}
