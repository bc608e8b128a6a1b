import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseLocalOptions, UsageError } from './env.ts'

describe(parseLocalOptions, () => {
  test('asks for nothing: everything has a default', () => {
    expect(parseLocalOptions([], {})).toEqual({
      dataFolder: join(import.meta.dirname, '../../../.data'),
      isFresh: false,
      port: undefined,
      databaseUrl: undefined,
      redisUrl: undefined,
      logLevel: 'warn',
    })
  })

  test('takes what the environment says, and an empty variable for none', () => {
    const environment = {
      PORT: '8123',
      DATABASE_URL: 'postgres://localhost/rose',
      REDIS_URL: 'redis://localhost',
      ROSE_ASH_DATA: '/somewhere/with spaces',
      LOG_LEVEL: 'debug',
    }
    expect(parseLocalOptions([], environment)).toEqual({
      dataFolder: '/somewhere/with spaces',
      isFresh: false,
      port: 8123,
      databaseUrl: 'postgres://localhost/rose',
      redisUrl: 'redis://localhost',
      logLevel: 'debug',
    })
    const empty = Object.fromEntries(Object.keys(environment).map((name) => [name, '']))
    expect(parseLocalOptions([], empty)).toEqual(parseLocalOptions([], {}))
  })

  test.each([[['--fresh']], [['--', '--fresh']]])('starts over when asked: %j', (words) => {
    expect(parseLocalOptions(words, {}).isFresh).toBe(true)
  })

  test.each([[['--frech']], [['fresh']], [['--fresh=yes']], [['-f']]])(
    'says how it is used instead of guessing: %j',
    (words) => {
      expect(() => parseLocalOptions(words, {})).toThrow(UsageError)
      expect(() => parseLocalOptions(words, {})).toThrow('Usage: pnpm start [--fresh]')
    },
  )

  test.each(['eighty', '0', '65536', '-1', '80.5', '0x50', '8e3', ' 80'])(
    'names a port that is none: %s',
    (port) => {
      expect(() => parseLocalOptions([], { PORT: port })).toThrow(
        `PORT must be a whole number from 1 to 65535; found "${port}".`,
      )
    },
  )

  test('names a log level that there is not', () => {
    expect(() => parseLocalOptions([], { LOG_LEVEL: 'loud' })).toThrow(
      /^LOG_LEVEL must be one of fatal, .*; found "loud"\.$/,
    )
  })
})
