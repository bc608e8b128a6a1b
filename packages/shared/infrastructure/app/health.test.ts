import { expect, test } from 'vitest'
import { createDatabase } from '../database.ts'
import { createTestShell } from './test-shell.ts'

test('a process whose database is away is healthy and not ready, and says which', async () => {
  await using shell = await createTestShell()
  const health = await shell.app.inject('/health')
  expect(health.statusCode).toBe(200)
  expect(health.json()).toEqual({ status: 'ok' })
  const ready = await shell.app.inject('/ready')
  expect(ready.statusCode).toBe(503)
  expect(ready.json()).toEqual({ status: 'unready', database: 'down', cache: 'up' })
})

const dead = createDatabase({ url: 'postgres://nobody@127.0.0.1:9/none' })

test('a database that takes the question and never answers is one that is away', async () => {
  await using shell = await createTestShell({
    connection: { ...dead, pool: { query: () => new Promise(() => undefined) } as never },
  })
  const start = performance.now()
  expect((await shell.app.inject('/ready')).statusCode).toBe(503)
  expect(performance.now() - start).toBeLessThan(5000)
})

test('what is the same for everybody does not ask the database who they are', async () => {
  await using shell = await createTestShell()
  for (const url of ['/health', shell.dependencies.assets.pathOf('site.css'), '/favicon.ico']) {
    const answer = await shell.app.inject({ url, cookies: { session: 'some-session' } })
    expect(answer.statusCode).toBe(200)
  }
})

test('without its database an app still answers, with what needs none', async () => {
  await using shell = await createTestShell({
    routes: ({ app, page }) =>
      app.get('/', (request, reply) =>
        page(request, reply, {
          template: 'pages/error',
          title: 'Loaves',
          data: { status: 200, title: 'Loaves', message: 'Rye', requestId: '1', path: '/' },
        }),
      ),
  })
  const answer = await shell.app.inject({ url: '/', headers: { accept: 'text/html' } })
  expect(answer.statusCode).toBe(200)
})
