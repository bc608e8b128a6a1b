import { setTimeout as sleep } from 'node:timers/promises'
import { ConflictError } from '@rose-ash/shared/contracts/errors'
import type { Database } from '../../models/index.ts'
import { lockSource } from '../ghost/import-lock.ts'

const triesEveryMilliseconds = 250
const waitMilliseconds = 20_000

/** As `lockSource`, but waits a moment for another that reads a single row. Throws ConflictError after that. */
export async function holdSource(
  session: Database,
  source: string,
  signal?: AbortSignal,
): Promise<void> {
  const until = Date.now() + waitMilliseconds
  for (;;) {
    signal?.throwIfAborted()
    try {
      return await lockSource(session, source)
    } catch (error) {
      if (!(error instanceof ConflictError) || Date.now() > until) throw error
    }
    await sleep(triesEveryMilliseconds)
  }
}
