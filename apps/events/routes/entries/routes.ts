import type { BlogService } from '@rose-ash/shared/contracts/blog'
import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { EntryDetails, EventsService } from '@rose-ash/shared/contracts/events'
import type { Formats } from '@rose-ash/shared/infrastructure/view/format'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { toICalendar } from '../../services/icalendar.ts'
import { dayPath, isAddressedAs } from '../calendars/addresses.ts'
import { crumbsOf } from '../calendars/routes.ts'
import { entryParams } from '../calendars/schemas.ts'
import { toEntryCard } from './card.ts'
import { describeWhen } from './when.ts'

interface Options {
  readonly events: EventsService
  readonly blog: BlogService
  readonly page: PageRenderer
  readonly formats: Formats
  readonly publicUrl: string
  /** IANA name: where most readers are. */
  readonly platformZone: string
}

const path = '/:page/calendars/:calendar/:year/:month/:day/entries/:id/'

/** One entry, as a page and as a file for other calendars. */
export async function entryRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { events, blog, page, formats, publicUrl, platformZone } = options

  app.get(path, async (request, reply) => {
    const entry = await getEntry(request)
    // Another day than the one on which it starts, another calendar, another page: all lead here.
    if (!isAddressedAs(entry.path, request.url)) return reply.redirect(entry.path, 301)
    const posts = await blog.findPosts(entry.postIds)
    return page(request, reply, {
      template: 'pages/entry',
      title: entry.title,
      ...(entry.summary ? { description: entry.summary } : {}),
      ...(entry.image ? { image: entry.image.src } : {}),
      canonicalPath: entry.path,
      data: {
        ...describeEntry(entry, formats),
        when: describeWhen(entry, formats, platformZone),
        posts: posts.map(({ title, excerpt, image, path: postPath }) => ({
          title,
          note: excerpt || null,
          image,
          kind: 'Blog',
          price: null,
          path: postPath,
        })),
      },
    })
  })

  app.get(`${path}entry.ics`, async (request, reply) => {
    const entry = await getEntry(request)
    return reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', 'attachment; filename="event.ics"')
      .send(toICalendar(entry, publicUrl + entry.path))
  })

  /** Throws NotFoundError. */
  async function getEntry(request: FastifyRequest): Promise<EntryDetails> {
    const params = entryParams.safeParse(request.params)
    const entry = params.success ? await events.findEntry(params.data.id) : undefined
    if (!entry) throw new NotFoundError('There is no such event, or it is not public yet.')
    return entry
  }
}

function describeEntry(entry: EntryDetails, formats: Formats) {
  const { calendar, startsOn, path: entryPath } = entry
  return {
    ...toEntryCard(entry, formats),
    summary: entry.summary,
    descriptionHtml: entry.descriptionHtml,
    endsAt: entry.endsAt,
    image: entry.image,
    pricePence: entry.pricePence,
    currency: entry.currency,
    isOver: entry.endsAt.getTime() < Date.now(),
    dayUrl: dayPath(calendar, startsOn),
    calendarUrl: calendar.path,
    fileUrl: `${entryPath}entry.ics`,
    container: { title: calendar.container.title, path: `/${calendar.container.slug}/` },
    crumbs: [...crumbsOf(calendar), { label: entry.title, url: null }],
  }
}
