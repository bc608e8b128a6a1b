import { createTestDatabase } from '@rose-ash/testing/database'
import { expect, test } from 'vitest'
import { createCache } from '../cache/create-cache.ts'
import { createLog } from '../log.ts'
import { createTestShell } from './test-shell.ts'

test('an app is ready with its database, and a cache that is away costs nothing but speed', async () => {
  await using connection = await createTestDatabase()
  await using shell = await createTestShell({ connection })
  const ready = await shell.app.inject('/ready')
  expect(ready.statusCode).toBe(200)
  expect(ready.json()).toEqual({ status: 'ready', database: 'up', cache: 'up' })

  const log = createLog({ app: 'local', level: 'silent' })
  const cache = createCache({ redisUrl: 'redis://127.0.0.1:9', prefix: 'test', log })
  await using slower = await createTestShell({ connection, cache })
  const readyToo = await slower.app.inject('/ready')
  expect(readyToo.statusCode).toBe(200)
  expect(readyToo.json()).toEqual({ status: 'ready', database: 'up', cache: 'down' })
  await cache.close()
})
