import { type Logger, pino } from 'pino'
import type { AppName } from '../contracts/apps.ts'

export type { Logger }

/** Never in a log: what would let a reader of logs act as somebody. */
const redacted = [
  'req.headers.authorization',
  'req.headers.cookie',
  'headers.authorization',
  'headers.cookie',
]

/** JSON lines on standard output. */
export function createLog(options: { app: AppName | 'local'; level: string }): Logger {
  return pino({
    level: options.level,
    base: { app: options.app },
    redact: redacted,
    timestamp: pino.stdTimeFunctions.isoTime,
  })
}
