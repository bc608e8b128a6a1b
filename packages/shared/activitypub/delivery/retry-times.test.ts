import { expect, test } from 'vitest'
import { nextPauseSeconds, readRetryAfter } from './retry-times.ts'

const day = 86_400

test('pauses grow from a minute to a day, a fifth longer at most, and end after a week', () => {
  const least = [60, 300, 900, 3600, 10_800, 21_600, 43_200, day, day]
  for (const [index, seconds] of least.entries()) {
    const pause = nextPauseSeconds(index + 1, 0) ?? 0
    expect(pause).toBeGreaterThanOrEqual(seconds)
    expect(pause).toBeLessThanOrEqual(seconds * 1.2)
  }
  expect(nextPauseSeconds(12, 6.5 * day)).toBeUndefined()
  expect(nextPauseSeconds(1, 7 * day)).toBeUndefined()
})

test('what a server asks for is heard, within a day', () => {
  const now = new Date('2026-01-01T12:00:00Z')
  expect(readRetryAfter('120', now)).toBe(120)
  expect(readRetryAfter('Thu, 01 Jan 2026 12:01:00 GMT', now)).toBe(60)
  expect(readRetryAfter('999999999', now)).toBe(day)
  for (const nothing of [undefined, '', 'soon', '-5', 'Thu, 01 Jan 2026 11:00:00 GMT'])
    expect(readRetryAfter(nothing, now)).toBeUndefined()
})
