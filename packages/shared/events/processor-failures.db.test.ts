import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createTestDatabase } from '@rose-ash/testing/database'
import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { apActivities, eventDeliveries } from '../models/activities.ts'
import type { Transaction } from '../models/database.ts'
import { attemptDelivery } from './attempt-delivery.ts'
import { claimDeliveries } from './claim-deliveries.ts'
import { findParkedDeliveries } from './parked-deliveries.ts'
import { newSignIn } from './test-activities.ts'
import { useEventBus, writeEffect } from './test-event-bus.ts'

const bus = useEventBus(createTestDatabase)

describe('a crash between the effect and the news that it is done', () => {
  test('of the connection repeats nothing', async () => {
    let calls = 0
    bus.start(
      {
        'cart.adopt': async (transaction) => {
          await writeEffect(transaction, 'cart', `call ${++calls}`)
          if (calls > 1) return
          await transaction.execute(sql`select pg_terminate_backend(pg_backend_pid())`)
        },
      },
      { pollSeconds: 0.05 },
    )
    await bus.emit(newSignIn())
    await expect.poll(bus.countStates).toEqual({ done: 1, pending: 1 })
    expect(await bus.readNotes()).toEqual(['call 2'])
  })

  test('of the whole process repeats nothing, and another process takes over', async () => {
    for (let number = 0; number < 5; number++) await bus.emit(newSignIn())
    const script = fileURLToPath(new URL('fixtures/crashing-processor.ts', import.meta.url))
    const child = spawn(process.execPath, [script, bus.url], { stdio: 'inherit' })
    const [, signal] = await once(child, 'exit')
    expect(signal).toBe('SIGKILL')
    expect(await bus.readNotes()).not.toContain('crashed')
    bus.start(
      {
        'cart.adopt': (transaction, activity) =>
          writeEffect(transaction, 'cart', activity.activityId),
      },
      { pollSeconds: 0.2 },
    )
    await expect.poll(bus.countEffects, { timeout: 10_000 }).toEqual({ cart: 5 })
    expect(new Set(await bus.readNotes()).size).toBe(5)
  })

  test('a processor that comes back after its lease leaves the delivery to the other', async () => {
    await bus.emit(newSignIn())
    const claim = () => {
      const options = { handler: 'cart.adopt', limit: 1, leaseSeconds: 0.05 }
      return claimDeliveries(bus.database, options)
    }
    const [late] = await claim()
    expect(await claim()).toEqual([])
    await sleep(70)
    const [other] = await claim()
    if (!late || !other) throw new Error('both should have a claim')
    const handle = (transaction: Transaction) => writeEffect(transaction, 'cart', '')
    expect(await attemptDelivery(bus.database, late, handle)).toBe('taken')
    expect(await attemptDelivery(bus.database, other, handle)).toBe('done')
    expect(await attemptDelivery(bus.database, other, handle)).toBe('taken')
    expect(await bus.countEffects()).toEqual({ cart: 1 })
  })
})

describe('a handler that fails', () => {
  test('is tried again with nothing left of the failed attempts', async () => {
    let calls = 0
    bus.start(
      {
        'cart.adopt': async (transaction) => {
          await writeEffect(transaction, 'cart', `call ${++calls}`)
          if (calls < 4) throw new Error('not yet')
        },
      },
      { pollSeconds: 0.05 },
    )
    await bus.emit(newSignIn())
    await expect.poll(bus.readNotes).toEqual(['call 4'])
  })

  test('waits longer each time', async () => {
    bus.start({ 'cart.adopt': () => Promise.reject(new Error('never')) }, { firstRetrySeconds: 5 })
    await bus.emit(newSignIn())
    const readDelivery = async () => {
      const [row] = await bus.database
        .select({
          attempts: eventDeliveries.attempts,
          lastError: eventDeliveries.lastError,
          waitSeconds: sql<number>`extract(epoch from next_attempt_at - now())::float8`,
        })
        .from(eventDeliveries)
        .where(eq(eventDeliveries.handler, 'cart.adopt'))
      return row
    }
    await expect.poll(readDelivery).toMatchObject({ attempts: 1, lastError: 'Error: never' })
    const row = await readDelivery()
    expect(row?.waitSeconds).toBeGreaterThan(2.5)
    expect(row?.waitSeconds).toBeLessThan(6.3)
  })

  test('is parked with its error in the end, others go on, and replay starts afresh', async () => {
    let isBroken = true
    let calls = 0
    const poison = newSignIn()
    const processor = bus.start(
      {
        'cart.adopt': async (transaction, activity) => {
          await writeEffect(transaction, 'cart', activity.objectId)
          if (activity.objectId !== poison.objectId || !isBroken) return
          calls++
          await transaction.execute(sql`select 1 / (${calls}::int * 0)`)
        },
      },
      { maxAttempts: 3, pollSeconds: 0.05 },
    )
    await bus.emit(poison)
    const good = newSignIn()
    await bus.emit(good)
    await expect.poll(bus.countStates).toMatchObject({ parked: 1, done: 1 })
    expect(calls).toBe(3)
    expect(await bus.readNotes()).toEqual([good.objectId])

    const [parked, ...others] = await findParkedDeliveries(bus.database)
    if (!parked) throw new Error('there is a parked delivery')
    expect(others).toEqual([])
    expect(parked).toMatchObject({
      handler: 'cart.adopt',
      attempts: 3,
      activityType: 'SignIn',
      objectId: poison.objectId,
      lastError: 'error: division by zero',
    })
    isBroken = false
    expect(await processor.replay(parked.deliveryId)).toBe(true)
    await expect.poll(bus.readNotes).toEqual([good.objectId, poison.objectId])
    expect(await processor.replay(parked.deliveryId)).toBe(false)
  })

  test('is parked too when the stored activity is one that nobody understands', async () => {
    await bus.emit(newSignIn())
    await bus.database.update(apActivities).set({ payload: { old: 'shape' } })
    bus.start({ 'cart.adopt': async () => {} }, { maxAttempts: 1 })
    await expect.poll(bus.countStates).toMatchObject({ parked: 1 })
    const [parked] = await findParkedDeliveries(bus.database)
    expect(parked?.lastError).toContain('userId')
  })
})
