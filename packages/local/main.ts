import closeWithGrace from 'close-with-grace'
import { readLocalOptions, UsageError } from './config/env.ts'
import { EmbeddedDatabaseError } from './postgres/errors.ts'
import { startRoseAsh } from './start.ts'

// `pnpm start`: everything, until Ctrl-C.
try {
  const running = await startRoseAsh(readLocalOptions(), (text) => process.stdout.write(text))
  closeWithGrace({ delay: 10_000, logger: false }, async ({ err }) => {
    if (err) process.stderr.write(`${err.stack ?? err.message}\n`)
    await running[Symbol.asyncDispose]()
  })
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`)
  process.exitCode = 1
}

function sentenceOf(error: unknown): string {
  if (error instanceof UsageError || error instanceof EmbeddedDatabaseError) return error.message
  const { code, port, stack } = error as NodeJS.ErrnoException & { readonly port?: number }
  if (code === 'EADDRINUSE') return `Port ${port} is taken. Set PORT to one that is free.`
  return String(stack)
}
