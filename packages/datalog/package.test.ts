import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const run = promisify(execFile)
const home = import.meta.dirname

test('the first example of the README runs in a new folder with the published package', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'datalog-package-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await publishTo(join(folder, 'node_modules/@rose-ash/datalog'))
  const [, example = ''] =
    /```js\n(.*?)```/s.exec(await readFile(join(home, 'README.md'), 'utf8')) ?? []
  await writeFile(join(folder, 'example.mjs'), example)
  const { stdout } = await run(process.execPath, ['example.mjs'], { cwd: folder })
  // What it prints is said in its comments, but for the proof.
  const said = [...example.matchAll(/^\/\/ (.*)$/gm)].map(([, line]) => line)
  const printed = stdout.split('\n')
  expect(printed.slice(0, said.length)).toEqual(said)
  expect(printed.slice(said.length).join('\n')).toContain('├─ is_a(soup, recipe)  asserted')
})

/** As `pnpm pack` does it. */
async function publishTo(folder: string): Promise<void> {
  const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'))
  const { bin } = JSON.parse(await readFile(join(typescript, 'package.json'), 'utf8'))
  const build = ['-p', join(home, 'tsconfig.build.json'), '--outDir', join(folder, 'dist')]
  await run(process.execPath, [join(typescript, bin.tsc), ...build])
  const { publishConfig, ...manifest } = JSON.parse(
    await readFile(join(home, 'package.json'), 'utf8'),
  )
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...manifest, ...publishConfig }))
}
