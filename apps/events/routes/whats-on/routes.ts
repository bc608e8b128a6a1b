import type { EventsService } from '@rose-ash/shared/contracts/events'
import type { Formats } from '@rose-ash/shared/infrastructure/view/format'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance } from 'fastify'
import { toEntryCard } from '../entries/card.ts'

interface Options {
  readonly events: EventsService
  readonly page: PageRenderer
  readonly formats: Formats
}

/** Divisible by 2, 3 and 4, so that the last row is full. */
const shownCount = 12

/** `/`: what is on next in all calendars, and the calendars. */
export async function whatsOnRoutes(
  app: FastifyInstance,
  { events, page, formats }: Options,
): Promise<void> {
  app.get('/', async (request, reply) => {
    const [entries, calendars] = await Promise.all([
      events.upcomingEntries(shownCount),
      events.listCalendars(),
    ])
    return page(request, reply, {
      template: 'pages/whats-on',
      title: 'What’s on',
      description: 'The next events of all our calendars.',
      canonicalPath: '/',
      data: {
        entries: entries.map((entry) => toEntryCard(entry, formats)),
        calendars: calendars.map(({ name, summary, path, container }) => ({
          name,
          summary,
          url: path,
          pageTitle: container.title,
        })),
      },
    })
  })
}
