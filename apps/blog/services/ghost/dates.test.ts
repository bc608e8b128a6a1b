import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseGhostDate } from './dates.ts'

it('both forms that Ghost writes are UTC', () => {
  const instant = new Date('2026-11-22T02:00:49Z')
  expect(parseGhostDate('2026-11-22 02:00:49')).toEqual(instant)
  expect(parseGhostDate('2026-11-22T02:00:49.000Z')).toEqual(instant)
  expect(parseGhostDate(instant.getTime())).toEqual(instant)
})

it.each([
  '',
  'yesterday',
  '2026-13-01 00:00:00',
  '2026-11-22',
  '22/11/2026',
  '2026-11-22 02:00:49+02:00',
])('“%s” is no date', (text) => {
  expect(parseGhostDate(text)).toBeUndefined()
})

it('any instant is read back from either form', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
      (date) => {
        expect(parseGhostDate(date.toISOString())).toEqual(date)
        const seconds = new Date(Math.floor(date.getTime() / 1000) * 1000)
        const sqlite = seconds.toISOString().slice(0, 19).replace('T', ' ')
        expect(parseGhostDate(sqlite)).toEqual(seconds)
      },
    ),
  )
})
