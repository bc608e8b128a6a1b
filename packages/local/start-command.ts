import closeWithGrace from 'close-with-grace'
import { readLocalOptions, UsageError } from './config/env.ts'
import { EmbeddedDatabaseError } from './postgres/errors.ts'
import { startRoseAsh } from './start.ts'

/** `pnpm start`: everything, until Ctrl-C. */
export async function runCommand(): Promise<void> {
  try {
    const running = await startRoseAsh(readLocalOptions(), (text) => process.stdout.write(text))
    closeWithGrace({ delay: 10_000, logger: false }, async ({ err }) => {
      if (err) process.stderr.write(`${err.stack ?? err.message}\n`)
      await running[Symbol.asyncDispose]()
    })
  } catch (error) {
    const isForPerson = error instanceof UsageError || error instanceof EmbeddedDatabaseError
    process.stderr.write(`${isForPerson ? error.message : String((error as Error).stack)}\n`)
    process.exitCode = 1
  }
}
