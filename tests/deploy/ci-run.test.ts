import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const script = fileURLToPath(new URL('../../.ci/run', import.meta.url))
const tools = ['bash', 'cat', 'dirname', 'env', 'grep', 'mktemp', 'rm', 'tail', 'tee']
const asRoot = process.getuid?.() === 0 ? '' : 'sudo '

interface Machine {
  readonly node?: string
  readonly installed?: readonly string[]
  /** What `pnpm check` and `pnpm test` do, in shell. */
  readonly check?: string
  readonly test?: string
}

/** Runs the real script where there is nothing but what is named, and tells what it called for. */
function runOn({ node = 'v20.11.0', installed = [], check = 'true', test: suite = '' }: Machine) {
  const folder = mkdtempSync(join(tmpdir(), 'rose ash ci '))
  try {
    const programs = join(folder, 'programs')
    mkdirSync(join(folder, '.ci'))
    mkdirSync(programs)
    cpSync(script, join(folder, '.ci/run'))
    for (const tool of tools) {
      const path = execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim()
      symlinkSync(path, join(programs, tool))
    }
    const write = (name: string, body: string) => {
      writeFileSync(join(programs, name), `#!/bin/sh\n${body}\n`)
      chmodSync(join(programs, name), 0o755)
    }
    write('node', `echo ${node}`)
    write('npx', `echo "npx $*"; case "$3" in check) ${check} ;; test) ${suite || 'true'} ;; esac`)
    write('sudo', 'echo "sudo $*"; "$@" >/dev/null')
    write('apt-get', 'echo "apt-get $*"')
    for (const name of installed) write(name, '')
    const { status, stdout, stderr } = spawnSync('bash', [join(folder, '.ci/run')], {
      encoding: 'utf8',
      env: { PATH: programs },
    })
    return { status, lines: stdout.trim().split('\n'), stderr }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const complete = ['redis-server', 'chromium', 'clingo']

describe('.ci/run', () => {
  test('installs, checks and tests, and ends with the tally', () => {
    const { status, lines } = runOn({ installed: complete, test: 'echo "12 passed, 0 failed"' })
    expect(status).toBe(0)
    expect(lines).toEqual([
      'npx -y pnpm@12 install --frozen-lockfile',
      'npx -y pnpm@12 check',
      'npx -y pnpm@12 test',
      '12 passed, 0 failed',
    ])
  })

  test('fetches Redis, Chromium and clingo where they are missing', () => {
    const { lines } = runOn({ test: 'echo "1 passed, 0 failed"' })
    expect(lines.slice(0, 2)).toEqual([
      expect.stringMatching(`^${asRoot}apt-get update`),
      expect.stringMatching(
        `^${asRoot}.*apt-get install -qq -y --no-install-recommends redis-server chromium-headless-shell gringo$`,
      ),
    ])
    const partly = runOn({
      installed: ['chromium-headless-shell', 'clingo'],
      test: 'echo "1 passed, 0 failed"',
    })
    expect(partly.lines[1]).toMatch(/ redis-server$/)
  })

  test('fails with the tally last when a test fails, whatever pnpm adds', () => {
    const suite = 'echo "11 passed, 1 failed"; echo "ELIFECYCLE Test failed."; exit 1'
    const { status, lines } = runOn({ installed: complete, test: suite })
    expect(status).toBe(1)
    expect(lines.at(-1)).toBe('11 passed, 1 failed')
  })

  test('fails before the tests when a check fails', () => {
    const { status, lines } = runOn({ installed: complete, check: 'exit 3' })
    expect(status).toBe(3)
    expect(lines.at(-1)).toBe('npx -y pnpm@12 check')
  })

  test('does not take a suite that ends without a word for one that passed', () => {
    const { status, stderr } = runOn({ installed: complete, test: 'echo killed' })
    expect(status).toBe(1)
    expect(stderr).toContain('without a tally')
  })

  test.each(['v18.20.4', 'v9.0.0'])('says that Node %s is too old', (node) => {
    const { status, stderr } = runOn({ installed: complete, node })
    expect(status).toBe(1)
    expect(stderr).toContain(`Node 20 or newer is needed; found ${node}.`)
  })
})
