import { describe, expect, test } from 'vitest'
import { parseWallTime, wallTimeOf } from './wall-clock.ts'

test.each([
  ['2026-01-05T08:30', 'Europe/London', '2026-01-05T08:30:00.000Z'],
  ['2026-07-05T08:30', 'Europe/London', '2026-07-05T07:30:00.000Z'],
  ['2026-07-05T00:05', 'America/New_York', '2026-07-05T04:05:00.000Z'],
])('%s in %s is %s, and back', (wall, zone, instant) => {
  expect(parseWallTime(wall, zone)?.toISOString()).toBe(instant)
  expect(wallTimeOf(new Date(instant), zone)).toBe(wall)
})

describe('no time', () => {
  test.each(['', 'soon', '2026-02-30T10:00', '2026-01-01T24:00', '2026-01-01T10:60', '2026-01-01'])(
    'is “%s”',
    (text) => expect(parseWallTime(text, 'Europe/London')).toBeUndefined(),
  )
})
