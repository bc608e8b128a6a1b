import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { listenForMetrics } from './metrics.ts'
import { createTestShell } from './test-shell.ts'

test('requests are counted by route, on a listener that visitors do not reach', async () => {
  await using shell = await createTestShell({
    routes: ({ app }) => app.get('/loaf/:id', async () => 'bread'),
  })
  const server = await listenForMetrics(shell.dependencies.metrics, { host: '127.0.0.1', port: 0 })
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  for (const path of ['/loaf/1', '/loaf/2', '/nowhere/1', '/nowhere/2']) {
    await shell.app.inject(path)
  }
  const answer = await fetch(`${url}/metrics`)
  expect(answer.headers.get('content-type')).toContain('text/plain')
  const text = await answer.text()
  const count = 'http_request_duration_seconds_count{app="market",method="GET"'
  expect(text).toContain(`${count},route="/loaf/:id",status="200"} 2`)
  expect(text).toContain(`${count},route="none",status="404"} 2`)
  expect(text).toContain('process_resident_memory_bytes')
  expect(text).not.toContain('/loaf/1')

  expect((await fetch(`${url}/`)).status).toBe(404)
  expect((await shell.app.inject('/metrics')).statusCode).toBe(404)
})
