import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase } from '@rose-ash/testing/database'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseLocalOptions } from '../config/env.ts'
import { runRotateCommand } from './rotate-command.ts'

const secretKey = 'the secret key of a cooperative, long enough'

let connection: Awaited<ReturnType<typeof createTestDatabase>>
let environment: Record<string, string>
beforeEach(async () => {
  connection = await createTestDatabase()
  environment = {
    DATABASE_URL: connection.url,
    ROSE_ASH_DATA: await mkdtemp(join(tmpdir(), 'rose-ash-keys-')),
  }
})
afterEach(async () => {
  await connection.close()
  await rm(environment['ROSE_ASH_DATA']!, { recursive: true, force: true })
})

function rotate(words: readonly string[]): Promise<string> {
  const options = parseLocalOptions([], environment)
  return runRotateCommand({ ...options, words, typedIn: '/', secretKey })
}

/** The one that signs first. */
async function kids(): Promise<readonly string[]> {
  const { rows } = await connection.pool.query(
    'select kid from oidc_keys order by signs_since nulls last',
  )
  return rows.map(({ kid }) => kid)
}

test('it says which key signs and which will be next', async () => {
  const first = await rotate([])
  const [current, next] = await kids()
  expect(first).toContain(`${current} signs as before. ${next} will be next.`)
  const revoked = await rotate(['--', '--now', '--revoke'])
  const [signs, later] = await kids()
  expect(signs).toBe(next)
  expect(revoked).toContain(`${signs} signs now`)
  expect(revoked).toContain(`${later} will be next`)
})

test('what means nothing is answered with how to type it, and changes nothing', async () => {
  await rotate([])
  const before = await kids()
  for (const words of [['--revoke'], ['--later'], ['now']]) {
    await expect(rotate(words)).rejects.toThrow('Usage: pnpm keys:rotate')
  }
  expect(await kids()).toEqual(before)
})

test('an operator with another secret key than the apps is told so', async () => {
  await rotate([])
  const before = await kids()
  const program = join(import.meta.dirname, '../keys-rotate.ts')
  const env = { ...environment, SECRET_KEY: 'another secret key, and a long one too' }
  const { promise, resolve } = Promise.withResolvers<readonly unknown[]>()
  execFile(process.execPath, [program, '--now'], { env }, (error, output, complaint) =>
    resolve([error?.code, output, complaint]),
  )
  expect(await promise).toEqual([1, '', expect.stringContaining('under this SECRET_KEY')])
  expect(await kids()).toEqual(before)
})
