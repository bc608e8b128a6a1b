import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { runCommand } from './command.ts'
import { environmentIn } from './config/test-environment.ts'

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly error: string
}

/** A folder with files in it, and the command as if it was typed there. */
export interface Workplace extends AsyncDisposable {
  readonly folder: string
  write(name: string, content: string | Uint8Array): Promise<void>
  run(words: readonly string[], input?: string): Promise<Ended>
  /** The same in a process of its own, which takes far longer. */
  start(words: readonly string[], input?: string): Promise<Ended>
}

const main = join(import.meta.dirname, 'main.ts')

export async function createWorkplace(): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), 'datalog-command-'))
  return {
    folder,
    write: (name, content) => writeFile(join(folder, name), content),
    run: (words, input = '') => runHere(words, { folder, input }),
    start: (words, input = '') => startProcess(words, { folder, input }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

interface Start {
  readonly folder: string
  readonly input: string
}

async function runHere(words: readonly string[], { folder, input }: Start): Promise<Ended> {
  const said = { out: '', error: '' }
  const keep = (where: keyof typeof said) =>
    new Writable({
      decodeStrings: false,
      write(chunk: string, _encoding, done) {
        said[where] += chunk
        done()
      },
    })
  const code = await runCommand({
    words,
    typedIn: folder,
    isInteractive: false,
    isColoured: false,
    input: Readable.from(input === '' ? [] : [input]),
    output: keep('out'),
    errors: keep('error'),
  })
  return { code, ...said }
}

async function startProcess(words: readonly string[], { folder, input }: Start): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...words], {
    cwd: folder,
    env: environmentIn(folder),
  })
  child.stdin.on('error', () => {
    // It may have ended before it read everything.
  })
  child.stdin.end(input)
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  const [code, out, error] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  return { code, out, error }
}
