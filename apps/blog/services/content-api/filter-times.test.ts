import { describe, expect, it } from 'vitest'
import { toInstant } from './filter-times.ts'
import type { TimeUnit } from './filter-tree.ts'

const now = new Date('2026-03-31T12:00:00Z')

describe('a time in a filter', () => {
  it.each([
    [{ sign: '-', amount: 30, unit: 's' }, '2026-03-31T11:59:30.000Z'],
    [{ sign: '-', amount: 90, unit: 'm' }, '2026-03-31T10:30:00.000Z'],
    [{ sign: '+', amount: 2, unit: 'w' }, '2026-04-14T12:00:00.000Z'],
    [{ sign: '-', amount: 1, unit: 'M' }, '2026-02-28T12:00:00.000Z'],
    [{ sign: '+', amount: 13, unit: 'M' }, '2027-04-30T12:00:00.000Z'],
    [{ sign: '-', amount: 2, unit: 'y' }, '2024-03-31T12:00:00.000Z'],
  ] as const)('counts from now: %o', (time, instant) => {
    expect(toInstant(time, now)?.toISOString()).toBe(instant)
  })

  it.each([
    ['2026', '2026-01-01T00:00:00.000Z'],
    ['2026-07-15', '2026-07-15T00:00:00.000Z'],
    ['2026-07-15 10:00:00', '2026-07-15T10:00:00.000Z'],
    ['2026-07-15T10:00:00.000Z', '2026-07-15T10:00:00.000Z'],
    ['2026-07-15T10:00:00+01:00', '2026-07-15T09:00:00.000Z'],
  ])('%s is %s', (written, instant) => {
    expect(toInstant(written)?.toISOString()).toBe(instant)
  })

  it.each(['', 'soon', '15/07/2026', '2026-13-01', '2026-07-15T25:00:00Z', null, true])(
    '%s is none',
    (written) => {
      expect(toInstant(written)).toBeUndefined()
    },
  )

  it('that no calendar has is none', () => {
    const far = (unit: TimeUnit) => toInstant({ sign: '+', amount: 99_999, unit }, now)
    expect([far('y'), toInstant({ sign: '-', amount: 99_999, unit: 'M' }, now)]).toEqual([
      undefined,
      undefined,
    ])
    expect(far('d')).toBeInstanceOf(Date)
  })
})
