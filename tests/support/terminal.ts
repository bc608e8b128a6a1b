import { spawn } from 'node:child_process'
import { join } from 'node:path'

export interface Terminal {
  /** Waits until it has written that. Throws when it ends without, and what it said. */
  says(pattern: RegExp): Promise<RegExpExecArray>
}

/** Somebody's program, in a process of its own: see fixtures/terminal.ts. */
export function startTerminal(clientId: string, issuer: string): Terminal {
  const script = join(import.meta.dirname, '../fixtures/terminal.ts')
  const child = spawn(process.execPath, [script, clientId, issuer], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const keep = (chunk: Buffer) => void (said += chunk.toString())
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  return {
    says(pattern) {
      const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>()
      const look = () => {
        const found = pattern.exec(said)
        if (found) resolve(found)
        return found !== null
      }
      if (!look()) {
        child.stdout.on('data', look)
        child.once('close', () => {
          if (!look()) reject(new Error(`It ended: ${said}`))
        })
      }
      return promise
    },
  }
}
