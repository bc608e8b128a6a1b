import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** `pnpm bench <name>`: runs `benchmarks/<name>.ts` by itself, so that one does not warm up another. */
const folder = fileURLToPath(new URL('.', import.meta.url))
const [name, ...rest] = process.argv.slice(2).filter((word) => word !== '--')
const file = `${folder}${name}.ts`

if (!name || !/^[a-z-]+$/.test(name) || name === 'main' || !existsSync(file)) {
  const names = readdirSync(folder)
    .filter((entry) => entry.endsWith('.ts') && entry !== 'main.ts')
    .map((entry) => entry.slice(0, -3))
  process.stderr.write(`Usage: pnpm bench <name>. There are: ${names.join(', ')}\n`)
  process.exitCode = 1
} else {
  const child = spawn(process.execPath, [file, ...rest], { stdio: 'inherit' })
  child.on('exit', (code) => {
    process.exitCode = code ?? 1
  })
}
