import { randomInt, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'

/** Below the ports that Linux (32768 and up) and macOS (49152 and up) give to outgoing connections. */
const lowestPort = 20_000
const highestPort = 32_000
const tries = 50

/**
 * A loopback port that was free a moment ago; the preferred one if that is. 0 prefers none. The
 * others come from below those given to outgoing connections, since one of these would often take
 * it before the server does.
 */
export async function findFreePort(preferred = 0): Promise<number> {
  if (preferred !== 0 && (await isFree(preferred))) return preferred
  for (let turn = 0; turn < tries; turn += 1) {
    const port = randomInt(lowestPort, highestPort)
    if (await isFree(port)) return port
  }
  throw new Error(`Found no free port from ${lowestPort} to ${highestPort} in ${tries} tries.`)
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
}

/** The port of last time, so that a database tool's saved connection goes on working. */
export function readRememberedPort(folder: string): number {
  try {
    return Number.parseInt(readFileSync(join(folder, 'port'), 'utf8'), 10) || 0
  } catch {
    return 0
  }
}

export async function rememberPort(folder: string, port: number): Promise<void> {
  if (readRememberedPort(folder) === port) return
  // Takes the place of a file that root has made and this user may not write to.
  const path = join(folder, 'port')
  // Several may start at once, and each must find its own draft.
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, `${port}\n`)
  await rename(draft, path)
}
