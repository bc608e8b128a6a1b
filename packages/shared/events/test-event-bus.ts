import { emptyTables } from '@rose-ash/testing/empty-tables'
import { type SQL, sql } from 'drizzle-orm'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, onTestFinished } from 'vitest'
import type { DatabaseConnection } from '../infrastructure/database.ts'
import type { Database, Transaction } from '../models/database.ts'
import type { NewActivity } from './activities.ts'
import { emitActivity } from './emit-activity.ts'
import {
  createEventProcessor,
  type EventProcessor,
  type EventProcessorOptions,
} from './processor.ts'
import type { EventHandlers, Subscription } from './subscriptions.ts'

const table = [
  { name: 'cart.adopt', types: ['SignIn'] },
  { name: 'events.adopt', types: ['SignIn'] },
  { name: 'federation.deliver', types: ['Update'], objectTypes: ['Article'] },
] as const satisfies readonly Subscription[]

export type TestHandlers = EventHandlers<typeof table>

/** A database with subscriptions of its own, and a table `effects` for handlers to write to. */
export interface TestEventBus {
  readonly database: Database
  readonly url: string
  /** Slow to poll, unless told otherwise: what comes quickly was brought by a notification. */
  start(
    handlers: TestHandlers,
    options?: Partial<EventProcessorOptions<typeof table>>,
  ): EventProcessor
  emit(activity: NewActivity): Promise<string>
  readNotes(): Promise<string[]>
  countEffects(): Promise<Record<string, number>>
  countStates(): Promise<Record<string, number>>
}

/** For a test file: opened before its first test, emptied before each. */
export function useEventBus(
  openDatabase: (options: { poolSize: number }) => Promise<DatabaseConnection>,
): TestEventBus {
  let connection: DatabaseConnection
  beforeAll(async () => {
    connection = await openDatabase({ poolSize: 20 })
    await connection.database.execute(
      sql`create table effects (id bigserial, handler text, note text)`,
    )
  })
  afterAll(() => connection.close())
  beforeEach(async () => {
    await emptyTables(connection.pool, 'ap_activities', 'event_deliveries', 'effects')
  })

  async function countBy(query: SQL): Promise<Record<string, number>> {
    const { rows } = await connection.database.execute<{ name: string; count: number }>(query)
    return Object.fromEntries(rows.map(({ name, count }) => [name, count]))
  }

  return {
    get database() {
      return connection.database
    },
    get url() {
      return connection.url
    },
    start(handlers, options) {
      const processor = createEventProcessor<typeof table>({
        database: connection.database,
        listenUrl: connection.url,
        handlers,
        log: pino({ level: 'silent' }),
        pollSeconds: 30,
        firstRetrySeconds: 0.02,
        ...options,
      })
      processor.start()
      onTestFinished(() => processor.stop())
      return processor
    },
    emit(activity) {
      return connection.database.transaction((transaction) => {
        return emitActivity(transaction, activity, table)
      })
    },
    async readNotes() {
      const query = sql`select note from effects order by id`
      const { rows } = await connection.database.execute<{ note: string }>(query)
      return rows.map((row) => row.note)
    },
    countEffects: () =>
      countBy(sql`select handler as name, count(*)::int as count from effects group by 1`),
    countStates: () =>
      countBy(sql`select state as name, count(*)::int as count from event_deliveries group by 1`),
  }
}

/** What a handler does. */
export async function writeEffect(
  transaction: Transaction,
  handler: string,
  note: string,
): Promise<void> {
  await transaction.execute(sql`insert into effects (handler, note) values (${handler}, ${note})`)
}
