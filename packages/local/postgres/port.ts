import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'

/** A loopback port that was free a moment ago; the preferred one if that is. 0 prefers none. */
export async function findFreePort(preferred = 0): Promise<number> {
  const server = createServer().listen(preferred, '127.0.0.1')
  try {
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  } catch (error) {
    if (preferred === 0) throw error
    return findFreePort()
  } finally {
    server.close()
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
  if (readRememberedPort(folder) !== port) await writeFile(join(folder, 'port'), `${port}\n`)
}
