import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Environment } from '@rose-ash/shared/infrastructure/config/load'

/** What whoever started `pnpm start` asked for. */
export interface LocalOptions {
  /** Holds the database, mail and pictures; everything that lasts. */
  readonly dataFolder: string
  readonly isFresh: boolean
  /** Undefined: 8000 or the next free one. */
  readonly port: number | undefined
  /** Undefined: the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined
  readonly redisUrl: string | undefined
  /** Undefined: `media` in the data folder. */
  readonly mediaFolder: string | undefined
  readonly logLevel: string
}

/** A sentence for the person at the terminal; the process ends with it. */
export class UsageError extends Error {
  override name = 'UsageError'
}

const projectFolder = fileURLToPath(new URL('../../..', import.meta.url))

/** The only place in this package that reads the process's environment and arguments. */
export function readLocalOptions(): LocalOptions {
  return parseLocalOptions(process.argv.slice(2), process.env)
}

/** For a command with words of its own behind its name. */
export interface CommandOptions extends LocalOptions {
  readonly words: readonly string[]
  /** The folder in which somebody typed the command; pnpm runs it elsewhere. */
  readonly typedIn: string
  /** Undefined: the one in the data folder, as `pnpm start` has it. */
  readonly secretKey: string | undefined
  /** So that it need not stand in the shell's history. */
  readonly ghostKey?: string | undefined
}

export function readCommandOptions(): CommandOptions {
  return {
    ...parseLocalOptions([], process.env),
    words: process.argv.slice(2),
    typedIn: process.env['INIT_CWD'] ?? process.cwd(),
    secretKey: process.env['SECRET_KEY'] || undefined,
    ghostKey: process.env['GHOST_KEY'] || undefined,
  }
}

export function parseLocalOptions(
  programArguments: readonly string[],
  environment: Environment,
): LocalOptions {
  const { fresh } = parseFlags(programArguments)
  return {
    dataFolder: environment['ROSE_ASH_DATA'] || join(projectFolder, '.data'),
    isFresh: fresh ?? false,
    port: environment['PORT'] ? parsePort(environment['PORT']) : undefined,
    databaseUrl: checkDatabaseUrl(environment['DATABASE_URL'] || undefined),
    redisUrl: environment['REDIS_URL'] || undefined,
    mediaFolder: environment['MEDIA_FOLDER'] || undefined,
    logLevel: checkLogLevel(environment['LOG_LEVEL'] || 'warn'),
  }
}

function parseFlags(programArguments: readonly string[]) {
  // `pnpm start -- --fresh` hands the two dashes on.
  const args = programArguments.filter((argument) => argument !== '--')
  try {
    return parseArgs({ args, options: { fresh: { type: 'boolean' } } }).values
  } catch (cause) {
    throw new UsageError('Usage: pnpm start [--fresh]   (--fresh forgets everything in .data)', {
      cause,
    })
  }
}

function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port > 0 && port < 65_536) return port
  throw new UsageError(
    `PORT must be a whole number from 1 to 65535; found ${JSON.stringify(text)}.`,
  )
}

function checkDatabaseUrl(url: string | undefined): string | undefined {
  if (url === undefined || /^postgres(ql)?:$/.test(URL.parse(url)?.protocol ?? '')) return url
  // What was found may hold a password, so it is not shown.
  throw new UsageError('DATABASE_URL must look like postgres://user:password@host:5432/database.')
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

function checkLogLevel(level: string): string {
  if (logLevels.includes(level)) return level
  throw new UsageError(
    `LOG_LEVEL must be one of ${logLevels.join(', ')}; found ${JSON.stringify(level)}.`,
  )
}
