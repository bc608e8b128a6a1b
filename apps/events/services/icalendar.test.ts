import type { EntryDetails } from '@rose-ash/shared/contracts/events'
import { expect, it } from 'vitest'
import { toICalendar } from './icalendar.ts'

const entry: EntryDetails = {
  id: '0192f0c0-0000-4000-8000-000000000001',
  calendarId: '0192f0c0-0000-4000-8000-000000000002',
  calendarName: 'Cinema',
  title: 'Open evening',
  summary: '',
  location: null,
  startsAt: new Date('2026-11-27T19:30:00Z'),
  endsAt: new Date('2026-11-27T21:00:00Z'),
  timeZone: 'Europe/London',
  isCancelled: false,
  pricePence: 0,
  currency: 'GBP',
  image: null,
  path: '/whats-on/calendars/cinema/2026/11/27/entries/0192f0c0-0000-4000-8000-000000000001/',
  descriptionHtml: '',
  calendar: {
    id: '0192f0c0-0000-4000-8000-000000000002',
    slug: 'cinema',
    name: 'Cinema',
    summary: '',
    descriptionHtml: '',
    timeZone: 'Europe/London',
    container: { type: 'page', id: 'p', slug: 'whats-on', title: 'What’s on' },
    path: '/whats-on/calendars/cinema/',
  },
  startsOn: { year: 2026, month: 11, day: 27 },
  postIds: [],
  updatedAt: new Date('2026-11-01T08:00:00Z'),
}
const url = `https://events.example.org${entry.path}`

/** As a calendar program reads it: folded lines are one. */
function linesOf(file: string): readonly string[] {
  return file.replaceAll('\r\n ', '').split('\r\n')
}

it('gives times in UTC and the same identity every time', () => {
  const lines = linesOf(toICalendar(entry, url))
  expect(lines).toContain('UID:0192f0c0-0000-4000-8000-000000000001@events.example.org')
  expect(lines).toContain('DTSTART:20261127T193000Z')
  expect(lines).toContain('DTEND:20261127T210000Z')
  expect(lines).toContain('DTSTAMP:20261101T080000Z')
  expect(lines).toContain('STATUS:CONFIRMED')
  expect(lines.at(-1)).toBe('')
})

it('says when it is cancelled', () => {
  expect(linesOf(toICalendar({ ...entry, isCancelled: true }, url))).toContain('STATUS:CANCELLED')
})

it('escapes what means something in the format', () => {
  const odd = { ...entry, title: String.raw`Bread; jam, and\or`, summary: 'One\r\ntwo\nEND:VEVENT' }
  const lines = linesOf(toICalendar(odd, url))
  expect(lines).toContain(String.raw`SUMMARY:Bread\; jam\, and\\or`)
  expect(lines).toContain(String.raw`DESCRIPTION:One\ntwo\nEND:VEVENT`)
  expect(lines.filter((line) => line === 'END:VEVENT')).toHaveLength(1)
})

it('folds at 75 octets and never within a character', () => {
  const title = 'Æther 🌹 '.repeat(40)
  const file = toICalendar({ ...entry, title }, url)
  for (const line of file.split('\r\n')) {
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(line).not.toContain('\uFFFD')
  }
  expect(linesOf(file)).toContain(`SUMMARY:${title}`)
})
