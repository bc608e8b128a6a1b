import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createCalendar, createEntry } from '@rose-ash/testing/factories/calendar'
import { createPage, switchOff, switchOn } from '@rose-ash/testing/factories/page'
import { afterAll, describe, expect, it } from 'vitest'
import { createEventsApp } from '../../app.ts'

const connection = await createTestDatabase()
const { database } = connection
const events = await createTestApp({ app: 'events', create: createEventsApp, connection })
afterAll(async () => {
  await events.close()
  await connection.close()
})

const page = await createPage(database, { slug: 'whats-on', title: 'The house' })
const calendar = await createCalendar(database, { page, slug: 'cinema', name: 'Cinema' })
const base = '/whats-on/calendars/cinema/'
const showing = await createEntry(database, {
  calendar,
  title: 'Spring showing',
  startsAt: new Date('2026-03-29T18:30:00Z'),
  endsAt: new Date('2026-03-29T20:00:00Z'),
  location: 'Mill loft',
  descriptionHtml: '<p>Bring a cushion.</p>',
  pricePence: 500,
})
const cancelled = await createEntry(database, {
  calendar,
  title: 'Late showing',
  state: 'cancelled',
  startsAt: new Date('2026-10-25T00:30:00Z'),
})
const entryPath = `${base}2026/3/29/entries/${showing.id}/`

async function get(url: string) {
  const answer = await events.app.inject({ url, headers: { accept: 'text/html' } })
  return { status: answer.statusCode, body: answer.body, location: answer.headers.location }
}

/** The dates of the cells that hold something, with what they hold. */
function daysOf(body: string): readonly string[] {
  return [...body.matchAll(/<td class="month-day[^>]*>(.*?)<\/td>/gs)]
    .map(([, cell = '']) => cell)
    .filter((cell) => cell.includes('month-entry'))
    .map((cell) => /datetime="([^"]*)"/.exec(cell)?.[1] ?? '')
}

describe('a month', () => {
  it('is a table of whole weeks with headings and the way to its neighbours', async () => {
    const { status, body } = await get(`${base}2026/3/`)
    expect(status).toBe(200)
    expect(body.match(/<th scope="col"/g)).toHaveLength(7)
    expect(body.match(/<td class="month-day/g)).toHaveLength(42)
    expect(body).toContain('<abbr title="Monday">Mon</abbr>')
    expect(body).toContain(`rel="prev" href="${base}2026/2/" aria-label="February 2026"`)
    expect(body).toContain(`rel="next" href="${base}2026/4/" aria-label="April 2026"`)
    expect(body).toContain('href="http://blog.localhost/whats-on/"')
  })

  it('shows entries on the day and at the hour of the wall clock, over both changes', async () => {
    const march = await get(`${base}2026/3/`)
    expect(daysOf(march.body)).toEqual(['2026-03-29'])
    expect(march.body).toContain('<time>19:30</time>Spring showing')
    const october = await get(`${base}2026/10/`)
    expect(daysOf(october.body)).toEqual(['2026-10-25'])
    expect(october.body).toContain('<time>01:30</time>Late showing')
    expect(october.body).toContain('(cancelled)')
  })

  it('is the current one at the calendar’s own address, with today marked once', async () => {
    const { status, body } = await get(base)
    expect(status).toBe(200)
    expect(body.match(/aria-current="date"/g)).toHaveLength(1)
    expect(body).toContain(`<link rel="canonical" href="http://events.localhost${base}">`)
    expect(body).not.toContain('>Today</a>')
  })

  it('can be turned to from 1970 to 2100, and only to months that are', async () => {
    expect((await get(`${base}1970/1/`)).body).not.toContain('rel="prev"')
    expect((await get(`${base}2100/12/`)).body).not.toContain('rel="next"')
    for (const path of ['1969/12/', '2101/1/', '2026/0/', '2026/13/', '26/3/', '2026/march/']) {
      expect((await get(base + path)).status).toBe(404)
    }
    expect((await get('/whats-on/calendars/opera/')).status).toBe(404)
  })

  it('has one address, to which others lead', async () => {
    for (const [path, location] of [
      ['/elsewhere/calendars/cinema/', base],
      ['/elsewhere/calendars/cinema/2026/3/', `${base}2026/3/`],
      [`${base}2026/03/`, `${base}2026/3/`],
      [`${base}2026/03/09/`, `${base}2026/3/9/`],
    ] as const) {
      expect(await get(path)).toMatchObject({ status: 301, location })
    }
    expect((await get(`${base}2026/3`)).status).toBe(200)
  })
})

it('a calendar whose page has none switched on is not there, until it has', async () => {
  const quiet = await createPage(database, { slug: 'quiet' })
  const choir = await createCalendar(database, { page: quiet, slug: 'choir' })
  const entry = await createEntry(database, {
    calendar: choir,
    startsAt: new Date('2026-05-05T10:00:00Z'),
  })
  await switchOff(database, quiet.id, 'calendar')
  const urls = [choir.path, `${choir.path}2026/5/5/`, `${choir.path}2026/5/5/entries/${entry.id}/`]
  for (const url of urls) expect((await get(url)).status).toBe(404)
  await switchOn(database, quiet.id, 'calendar')
  for (const url of urls) expect((await get(url)).status).not.toBe(404)
  await switchOff(database, quiet.id, 'calendar')
})

describe('a day', () => {
  it('shows its entries and the days beside it', async () => {
    const { status, body } = await get(`${base}2026/3/29/`)
    expect(status).toBe(200)
    expect(body).toMatch(/<h1>Sunday,? 29 March 2026<\/h1>/)
    expect(body).toContain(`href="${entryPath}"`)
    expect(body).toContain(`rel="prev" href="${base}2026/3/28/"`)
    expect(body).toContain(`rel="next" href="${base}2026/3/30/"`)
    expect((await get(`${base}2026/3/28/`)).body).toContain('Nothing is planned on this day')
    expect((await get(`${base}2026/2/30/`)).status).toBe(404)
  })
})

describe('an entry', () => {
  it('tells when, where and for how much', async () => {
    const { status, body } = await get(entryPath)
    expect(status).toBe(200)
    expect(body).toMatch(/>Sunday,? 29 March 2026, 19:30<\/time> to <time/)
    expect(body).toContain('>21:00</time>')
    expect(body).toContain('Mill loft')
    expect(body).toContain('£5.00')
    expect(body).toContain('<p>Bring a cushion.</p>')
  })

  it('is found under a wrong date, calendar or page too, and led to its own', async () => {
    for (const path of [
      `${base}2026/3/28/entries/${showing.id}/`,
      `${base}2026/03/29/entries/${showing.id}/`,
      `/elsewhere/calendars/opera/2025/1/1/entries/${showing.id}/`,
    ]) {
      expect(await get(path)).toMatchObject({ status: 301, location: entryPath })
    }
  })

  it('says so when it is cancelled', async () => {
    const { body } = await get(`${base}2026/10/25/entries/${cancelled.id}/`)
    expect(body).toContain('This is cancelled.')
    expect(body).not.toContain('entry.ics')
  })

  it('that is not public, or not one at all, is not there', async () => {
    const pending = await createEntry(database, {
      calendar,
      state: 'pending',
      startsAt: new Date('2026-03-29T18:30:00Z'),
    })
    for (const id of [pending.id, 'nonsense', '00000000-0000-4000-8000-000000000000']) {
      expect((await get(`${base}2026/3/29/entries/${id}/`)).status).toBe(404)
    }
  })

  it('can be taken along as a file', async () => {
    const answer = await events.app.inject({ url: `${entryPath}entry.ics` })
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8')
    expect(answer.body).toContain('DTSTART:20260329T183000Z')
  })

  it('leads to the posts that tell of it', async () => {
    const post = await createPage(database, { type: 'post', title: 'How we chose the film' })
    const { id } = await createEntry(database, {
      calendar,
      startsAt: new Date('2026-05-01T18:30:00Z'),
      postIds: [post.id],
    })
    const { body } = await get(`${base}2026/5/1/entries/${id}/`)
    expect(body).toContain('How we chose the film')
    expect(body).toContain(`href="http://blog.localhost/${post.slug}/"`)
  })
})

describe('what is on', () => {
  it('shows the next entries and all calendars', async () => {
    const startsAt = new Date(Date.now() + 86_400_000)
    await createEntry(database, { calendar, title: 'Tomorrow’s showing', startsAt })
    const { status, body } = await get('/')
    expect(status).toBe(200)
    expect(body).toContain('Tomorrow’s showing')
    expect(body).toContain(`href="${base}"`)
  })
})
