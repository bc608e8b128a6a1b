import { setTimeout as sleep } from 'node:timers/promises'
import { createTestDatabase } from '@rose-ash/testing/database'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { newSignIn } from './test-activities.ts'
import { type TestHandlers, useEventBus, writeEffect } from './test-event-bus.ts'

const bus = useEventBus(createTestDatabase)

describe('two processors', () => {
  test('handle each of two hundred events once for each handler', async () => {
    const seen: string[] = []
    const handlers: TestHandlers = {
      'cart.adopt': async (transaction, activity) => {
        seen.push(activity.activityId)
        await writeEffect(transaction, 'cart', activity.payload.deviceId)
      },
      'events.adopt': async (transaction, activity) => {
        await writeEffect(transaction, 'events', activity.payload.deviceId)
      },
    }
    bus.start(handlers, { concurrency: 4 })
    bus.start(handlers, { concurrency: 4 })
    for (let round = 0; round < 20; round++) {
      await Promise.all(Array.from({ length: 10 }, () => bus.emit(newSignIn())))
    }
    await expect.poll(bus.countStates, { timeout: 20_000 }).toEqual({ done: 400 })
    expect(await bus.countEffects()).toEqual({ cart: 200, events: 200 })
    expect(new Set(seen).size).toBe(200)
    expect(seen.length).toBe(200)
  })

  test('each bring only what they were given functions for', async () => {
    await bus.emit(newSignIn())
    bus.start({
      'cart.adopt': (transaction) => writeEffect(transaction, 'cart', ''),
    })
    await expect.poll(bus.countStates).toEqual({ done: 1, pending: 1 })
    bus.start({
      'events.adopt': (transaction) => writeEffect(transaction, 'events', ''),
    })
    await expect.poll(bus.countStates).toEqual({ done: 2 })
    expect(await bus.countEffects()).toEqual({ cart: 1, events: 1 })
  })
})

describe('notifications', () => {
  test('bring an event at once', async () => {
    let isHandled = false
    bus.start({
      'cart.adopt': async () => void (isHandled = true),
    })
    await sleep(300)
    await bus.emit(newSignIn())
    await expect.poll(() => isHandled, { timeout: 1000, interval: 5 }).toBe(true)
  })

  test('may be lost: that costs one poll', async () => {
    let isHandled = false
    bus.start({ 'cart.adopt': async () => void (isHandled = true) }, { pollSeconds: 0.5 })
    await sleep(300)
    await bus.database.execute(sql`
      with activity as (
        insert into ap_activities (type, origin_app, visibility, object_type, object_id, payload)
        values ('SignIn', 'federation', 'internal', 'Person', 'x', ${JSON.stringify(newSignIn().payload)})
        returning id)
      insert into event_deliveries (activity_id, handler) select id, 'cart.adopt' from activity`)
    expect(isHandled).toBe(false)
    await expect.poll(() => isHandled, { timeout: 1000 }).toBe(true)
  })

  test('come again after the connection that listens was cut', async () => {
    let handled = 0
    bus.start({ 'cart.adopt': async () => void handled++ })
    await sleep(300)
    await cutListeners()
    await bus.emit(newSignIn())
    await expect.poll(() => handled, { timeout: 3000 }).toBe(1)
    await bus.emit(newSignIn())
    await expect.poll(() => handled, { timeout: 1000 }).toBe(2)
  })
})

describe('stopping', () => {
  test('waits for the handler that is running and takes nothing new', async () => {
    let started = 0
    const processor = bus.start(
      {
        'cart.adopt': async (transaction) => {
          started++
          await sleep(200)
          await writeEffect(transaction, 'cart', '')
        },
      },
      { concurrency: 1 },
    )
    await bus.emit(newSignIn())
    await bus.emit(newSignIn())
    await expect.poll(() => started).toBe(1)
    await processor.stop()
    expect(await bus.countEffects()).toEqual({ cart: 1 })
    await sleep(100)
    expect(started).toBe(1)
  })

  test('has a limit to its patience', async () => {
    const gate = Promise.withResolvers<void>()
    const processor = bus.start({ 'cart.adopt': () => gate.promise }, { stopSeconds: 0.1 })
    await bus.emit(newSignIn())
    await expect.poll(bus.countStates).toMatchObject({ pending: 2 })
    await sleep(200)
    const startedAt = performance.now()
    await processor.stop()
    expect(performance.now() - startedAt).toBeLessThan(1000)
    gate.resolve()
    await sleep(50)
  })
})

/** Ends every connection that listens, as a restart of PostgreSQL or a firewall would. */
async function cutListeners(): Promise<void> {
  await bus.database.execute(sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'rose-ash events'`)
}
