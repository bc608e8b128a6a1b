import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase } from '@rose-ash/testing/database'
import { afterAll, beforeAll, expect, test } from 'vitest'

let connection: Awaited<ReturnType<typeof createTestDatabase>>
let dataFolder: string
beforeAll(async () => {
  connection = await createTestDatabase()
  dataFolder = await mkdtemp(join(tmpdir(), 'rose-ash-roles-'))
})
afterAll(async () => {
  await connection.close()
  await rm(dataFolder, { recursive: true, force: true })
})

interface Ended {
  readonly code: number
  readonly output: string
  readonly complaint: string
}

/** `pnpm admin:grant` as an operator runs it. */
function run(...words: readonly string[]): Promise<Ended> {
  const program = join(import.meta.dirname, 'admin-grant.ts')
  const env = {
    PATH: process.env['PATH'],
    NODE_OPTIONS: process.env['NODE_OPTIONS'],
    DATABASE_URL: connection.url,
    ROSE_ASH_DATA: dataFolder,
  }
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...words], { env }, (error, output, complaint) =>
      resolve({ code: Number(error?.code ?? 0), output, complaint }),
    )
  })
}

test('an operator makes somebody admin, who has no account yet', async () => {
  const given = await run('ada@example.org')
  expect(given).toMatchObject({ code: 0, complaint: '' })
  expect(given.output).toContain('There was no account for ada@example.org: now there is')
  expect(given.output).toContain(
    'ada@example.org now has the role admin: everything, and giving roles',
  )
  expect(given.output).toContain('Running apps know within a minute.')
})

test('a wrong page is said in one sentence, and makes no account', async () => {
  const wrong = await run('new@example.org', 'editor', '--page', 'nowhere')
  expect(wrong).toEqual({ code: 1, output: '', complaint: 'There is no page “nowhere”.\n' })
  const { rows } = await connection.pool.query(`select from users where email like 'new@%'`)
  expect(rows).toEqual([])
})
