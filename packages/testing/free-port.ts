import { mkdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort as findAny } from '@rose-ash/local/postgres/port'

const folder = join(tmpdir(), 'rose-ash-test-ports')
/** Longer than any server takes to listen. */
const heldMilliseconds = 120_000

/** A free loopback port that no other test has been given while the server is still on its way. */
export async function findFreePort(): Promise<number> {
  await mkdir(folder, { recursive: true })
  for (;;) {
    const port = await findAny()
    if (await hold(join(folder, `${port}`))) return port
  }
}

async function hold(mark: string): Promise<boolean> {
  const age = await stat(mark).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  )
  if (age > heldMilliseconds) await rm(mark, { recursive: true, force: true })
  return mkdir(mark).then(
    () => true,
    () => false,
  )
}
