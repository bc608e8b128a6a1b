import { fileURLToPath } from 'node:url'
import { createTestApp, type TestApp, type TestAppOptions } from '@rose-ash/testing/app'
import { pino } from 'pino'
import { createDatabase } from '../database.ts'
import type { FragmentProviders } from '../fragments/routes.ts'
import { type AppShell, createAppShell } from './create-app.ts'

export interface TestShellOptions extends Partial<Omit<TestAppOptions, 'create'>> {
  readonly routes?: (shell: AppShell) => void
  readonly fragments?: FragmentProviders
}

export interface TestShell extends TestApp {
  /** What has been logged, a line each. */
  readonly lines: readonly LogLine[]
}

export interface LogLine {
  readonly level: number
  readonly msg: string
  readonly reqId?: string
  readonly path?: string
  readonly [key: string]: unknown
}

// Nobody listens on port 9 of this machine.
const deadDatabase = 'postgres://nobody@127.0.0.1:9/none'

const templates = fileURLToPath(new URL('../../templates', import.meta.url))

/** What all six apps share, with a few routes for the test; its database is dead unless one is given. */
export async function createTestShell(options: TestShellOptions = {}): Promise<TestShell> {
  const { routes, fragments = {}, ...given } = options
  const lines: LogLine[] = []
  const log = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line)) })
  const shell = await createTestApp({
    app: 'market',
    connection: createDatabase({ url: deadDatabase }),
    log,
    ...given,
    async create(dependencies) {
      const created = await createAppShell(dependencies, { templates, fragments: () => fragments })
      routes?.(created)
      return { app: created.app }
    },
  })
  return { ...shell, lines }
}

/** The limits of a test, unless it is about one of them. */
export const testLimits = {
  bodyBytes: 1_048_576,
  uploadBytes: 10_485_760,
  requestTimeoutSeconds: 30,
  writesPerMinute: 10_000,
  eventLoopDelayMilliseconds: 0,
}
