import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lintCases } from './import-cases.ts'
import { styleCases } from './style-cases.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const cases = [...lintCases, ...styleCases]

interface Finding {
  readonly filename: string
  readonly code: string
  readonly text: string
}

let folder: string
let findings: readonly Finding[]

/** A tree with nothing in it but planted files and their twins, under the real configuration. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rose-ash-lint-'))
  for (const name of ['oxlint.config.ts', 'oxlint.imports.ts', 'oxlint.plugin.ts']) {
    await cp(join(repository, name), join(folder, name))
  }
  for (const name of ['tsconfig.json', 'tsconfig.base.json', 'package.json']) {
    await cp(join(repository, name), join(folder, name))
  }
  // Without it the linter would follow the link and read every dependency.
  await writeFile(join(folder, '.gitignore'), 'node_modules\n')
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'))
  for (const { planted, allowed, besides = [] } of cases) {
    for (const [path, code] of [planted, allowed, ...besides]) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), code, { flag: 'wx' })
    }
  }
  findings = await lint(folder)
}, 60_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the linter', () => {
  test.each(cases)('refuses what breaks the rule — $rule', ({ planted, refusedBy, says = '' }) => {
    const [path] = planted
    expect(findings.filter(({ filename }) => filename === path)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: refusedBy, text: expect.stringContaining(says) }),
      ]),
    )
  })

  test.each(cases)('lets its twin pass — $rule', ({ allowed }) => {
    const [path] = allowed
    expect(findings.filter(({ filename }) => filename === path)).toEqual([])
  })
})

async function lint(cwd: string): Promise<Finding[]> {
  const oxlint = join(repository, 'node_modules/oxlint/bin/oxlint')
  const output = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, [oxlint, '--format', 'json'], { cwd }, (error, stdout, stderr) => {
      // Exit code 1 says that there are findings, which is what is hoped for here.
      if (error && error.code !== 1) reject(new Error(stderr || stdout, { cause: error }))
      else resolve(stdout)
    })
  })
  const { diagnostics } = JSON.parse(output) as {
    diagnostics: { filename: string; code: string; message: string; help?: string }[]
  }
  return diagnostics.map(({ filename, code, message, help = '' }) => ({
    filename,
    code,
    text: `${message} ${help}`,
  }))
}
