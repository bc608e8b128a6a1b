import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTestDatabase } from '@rose-ash/testing/database'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { findParkedDeliveries } from './parked-deliveries.ts'
import { newUpdate } from './test-activities.ts'
import { type TestHandlers, useEventBus, writeEffect } from './test-event-bus.ts'

const bus = useEventBus(createTestDatabase)

describe('activities about one object', () => {
  test('come in the order of their versions, one at a time', async () => {
    const running = new Set<string>()
    const overlaps: string[] = []
    const handlers: TestHandlers = {
      'federation.deliver': async (transaction, activity) => {
        const { objectId, aggregateVersion } = activity
        if (running.has(objectId)) overlaps.push(objectId)
        running.add(objectId)
        await sleep(Math.random() * 8)
        await writeEffect(transaction, objectId, `${aggregateVersion}`)
        running.delete(objectId)
      },
    }
    const objects = Array.from({ length: 5 }, () => randomUUID())
    for (let aggregateVersion = 1; aggregateVersion <= 10; aggregateVersion++) {
      await Promise.all(
        objects.map((objectId) => bus.emit(newUpdate({ objectId, aggregateVersion }))),
      )
    }
    bus.start(handlers, { concurrency: 4, pollSeconds: 0.1 })
    bus.start(handlers, { concurrency: 4, pollSeconds: 0.1 })
    await expect.poll(bus.countStates, { timeout: 10_000 }).toEqual({ done: 50 })
    const { rows } = await bus.database.execute<{ handler: string; note: string }>(
      sql`select handler, note from effects order by id`,
    )
    for (const objectId of objects) {
      const versions = rows.filter((row) => row.handler === objectId).map((row) => row.note)
      expect(versions).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'])
    }
    expect(overlaps).toEqual([])
  })

  test('wait for one that fails until it is parked, and then make it out of date', async () => {
    const [objectId, otherId] = [randomUUID(), randomUUID()]
    let isBroken = true
    await bus.emit(newUpdate({ objectId, aggregateVersion: 1 }))
    await bus.emit(newUpdate({ objectId, aggregateVersion: 2 }))
    await bus.emit(newUpdate({ objectId: otherId, aggregateVersion: 1 }))
    const order: string[] = []
    const processor = bus.start(
      {
        'federation.deliver': async (transaction, activity) => {
          const { objectId: id, aggregateVersion } = activity
          const note = `${id === objectId ? 'one' : 'other'} ${aggregateVersion}`
          order.push(note)
          await writeEffect(transaction, 'federation', note)
          if (isBroken && note === 'one 1') throw new Error('broken')
        },
      },
      { maxAttempts: 3, pollSeconds: 0.05, concurrency: 1 },
    )
    await expect.poll(bus.countStates).toEqual({ done: 2, parked: 1 })
    expect(order.toSorted()).toEqual(['one 1', 'one 1', 'one 1', 'one 2', 'other 1'])
    expect(order.at(-1)).toBe('one 2')
    isBroken = false
    const [parked] = await findParkedDeliveries(bus.database)
    expect(await processor.replay(parked?.deliveryId ?? 0)).toBe(true)
    await expect.poll(bus.countStates).toEqual({ done: 3 })
    expect((await bus.readNotes()).toSorted()).toEqual(['one 2', 'other 1'])
  })
})
