import { randomUUID } from 'node:crypto'
import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createCalendar, createEntry } from '@rose-ash/testing/factories/calendar'
import { createPage } from '@rose-ash/testing/factories/page'
import { afterAll, expect, it, vi } from 'vitest'
import { createEventsApp } from '../../app.ts'

const connection = await createTestDatabase()
const { database } = connection
const events = await createTestApp({ app: 'events', create: createEventsApp, connection })
afterAll(async () => {
  await events.close()
  await connection.close()
})

const page = await createPage(database, { slug: 'house' })
const calendar = await createCalendar(database, { page, slug: 'cinema', name: 'Cinema' })
const tomorrow = new Date(Date.now() + 86_400_000)

it('container-nav links a page’s calendars, by their full address', async () => {
  const [html] = await events.fragments({
    type: 'container-nav',
    parameters: { containerType: 'page', containerId: page.id },
  })
  expect(html).toContain('href="http://events.localhost/house/calendars/cinema/"')
})

it('container-nav goes by the order and the labels that the page has for its calendars', async () => {
  const { relations } = events.dependencies.services
  const parent = { type: 'page', id: (await createPage(database, { slug: 'hall' })).id }
  const ids: string[] = []
  for (const name of ['Choir', 'Dance', 'Film']) {
    const values = { containerId: parent.id, name }
    const child = { type: 'calendar', id: (await createCalendar(database, values)).id }
    await relations.attach({ parent, child, label: name === 'Dance' ? 'Ceilidhs' : null })
    ids.unshift(child.id)
  }
  await relations.reorder({ parent, relationType: 'page->calendar', childIds: ids })
  const [html = ''] = await events.fragments({
    type: 'container-nav',
    parameters: { containerType: 'page', containerId: parent.id },
  })
  expect(html.match(/Choir|Dance|Ceilidhs|Film/g)).toEqual(['Film', 'Ceilidhs', 'Choir'])
})

it('container-cards shows what some posts tell of, each once and the next first, with a query or two', async () => {
  const postIds = Array.from({ length: 12 }, () => randomUUID())
  for (const [index, postId] of postIds.entries()) {
    if (index === 11) continue
    await createEntry(database, {
      calendar,
      title: `Showing ${index}`,
      startsAt: new Date(tomorrow.getTime() - index * 60_000),
      // Two posts tell of each.
      postIds: [postId, postIds[(index + 1) % 11]!],
    })
  }
  const query = vi.spyOn(connection.pool, 'query')
  const ask = async (ids: readonly string[]) => {
    query.mockClear()
    const parameters = { postIds: ids.join() }
    const [html = ''] = await events.fragments({ type: 'container-cards', parameters })
    return { html, queryCount: query.mock.calls.length }
  }
  const one = await ask(postIds.slice(0, 1))
  const all = await ask(postIds)
  expect(one.queryCount).toBeGreaterThan(0)
  expect(all.queryCount).toBe(one.queryCount)
  expect(one.html.match(/>Showing \d+</g)).toEqual(['>Showing 10<', '>Showing 0<'])
  expect(all.html.match(/>Showing \d+</g)).toEqual(
    Array.from({ length: 11 }, (_, index) => `>Showing ${10 - index}<`),
  )
  expect(all.html).toContain('href="http://events.localhost/house/')
  expect((await ask(postIds.slice(11))).html).toBe('')
})

it('link-card shows an entry by its path', async () => {
  const { id } = await createEntry(database, {
    calendar,
    title: 'Matinée',
    location: 'Loft',
    startsAt: new Date('2026-03-29T13:00:00Z'),
  })
  const path = `/house/calendars/cinema/2026/3/29/entries/${id}/`
  const [html] = await events.fragments({ type: 'link-card', parameters: { path } })
  expect(html).toContain(`href="http://events.localhost${path}"`)
  expect(html).toContain('14:00, Loft')
})

it('account-nav-item is for members', async () => {
  const answers = await events.fragments(
    { type: 'account-nav-item', parameters: { userId: randomUUID() } },
    { type: 'account-nav-item' },
  )
  expect(answers[0]).toContain('href="http://events.localhost/"')
  expect(answers[1]).toBe('')
})

it('what is unknown or does not fit is nothing', async () => {
  const answers = await events.fragments(
    { type: 'container-cards', parameters: { postIds: 'x' } },
    { type: 'container-cards', parameters: { postIds: randomUUID() } },
    { type: 'container-nav', parameters: { containerType: 'shelf', containerId: page.id } },
    { type: 'container-nav', parameters: { containerType: 'page', containerId: randomUUID() } },
    { type: 'link-card', parameters: { path: '/house/' } },
    { type: 'link-card', parameters: { path: `/entries/${randomUUID()}/` } },
    { type: 'nav-tree' },
  )
  expect(answers).toEqual(['', '', '', '', '', '', ''])
})
