import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'

const run = promisify(execFile)
const main = join(import.meta.dirname, 'main.ts')

/** Runs `pnpm test` as a person would, on one of the folders in `fixtures`. */
async function test(fixture: string, environment: NodeJS.ProcessEnv = {}) {
  const root = join(import.meta.dirname, 'fixtures', fixture)
  const env = { ...process.env, ...environment }
  const result = await run(process.execPath, [main, `--root=${root}`], { env }).then(
    ({ stdout }) => ({ stdout, exitCode: 0 }),
    (error: { stdout: string; code: number }) => ({ stdout: error.stdout, exitCode: error.code }),
  )
  const lines = result.stdout.trimEnd().split('\n')
  return { lines, lastLine: lines.at(-1), exitCode: result.exitCode }
}

describe('the last line of pnpm test', { timeout: 60_000 }, () => {
  // A failed test (once, and not its file as well), a file that does not load, an error that nothing caught.
  it('counts each way to fail once', async () => {
    const { lastLine, exitCode } = await test('bad')
    expect({ lastLine, exitCode }).toEqual({ lastLine: '2 passed, 3 failed', exitCode: 1 })
  })

  it('does not take no tests for success', async () => {
    const { lastLine, exitCode } = await test('none')
    expect({ lastLine, exitCode }).toEqual({ lastLine: '0 passed, 1 failed', exitCode: 1 })
  })
})

it.skipIf(process.platform === 'darwin')(
  'where Redis, a browser and clingo are missing, it says what is left out, and counts no skipped test',
  { timeout: 60_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rose-ash-path-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    symlinkSync(process.execPath, join(folder, 'node'))
    const { lines, lastLine, exitCode } = await test('good', { PATH: folder, CHROMIUM_PATH: '' })
    expect({ lastLine, exitCode }).toEqual({ lastLine: '1 passed, 0 failed', exitCode: 0 })
    const sentences = lines.filter((line) => line.startsWith('Left out: '))
    expect(sentences).toEqual([
      expect.stringMatching(/^Left out: \d+ Redis test files?, because no redis-server was found/),
      expect.stringMatching(
        /^Left out: \d+ browser test files?, because no Chromium was found; set/,
      ),
      expect.stringMatching(/^Left out: \d+ clingo test files?, because no clingo was found/),
    ])
  },
)
