import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { environmentIn } from './config/test-environment.ts'

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly error: string
}

/** A folder with files in it, and the real command, started there. */
export interface Workplace extends AsyncDisposable {
  readonly folder: string
  write(name: string, content: string | Uint8Array): Promise<void>
  run(words: readonly string[], input?: string): Promise<Ended>
}

const main = join(import.meta.dirname, 'main.ts')

export async function createWorkplace(): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), 'datalog-command-'))
  return {
    folder,
    write: (name, content) => writeFile(join(folder, name), content),
    run: (words, input = '') => runCommand(words, { folder, input }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

function runCommand(
  words: readonly string[],
  { folder, input }: { folder: string; input: string },
): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...words], {
    cwd: folder,
    env: environmentIn(folder),
  })
  let out = ''
  let error = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text))
  child.stdin.on('error', () => {
    // It may have ended before it read everything.
  })
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, error }))
  })
}
