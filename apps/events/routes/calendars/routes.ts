import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import type { Calendar, CalendarMonth, EventsService } from '@rose-ash/shared/contracts/events'
import type { Formats } from '@rose-ash/shared/infrastructure/view/format'
import type { PageRenderer } from '@rose-ash/shared/infrastructure/view/page'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { toEntryCard } from '../entries/card.ts'
import { dayPath, isAddressedAs, monthPath } from './addresses.ts'
import { describeDate, describeMonth, describeMonthName } from './describe-month.ts'
import { calendarParams, dayParams, monthParams } from './schemas.ts'

/** What the partial `breadcrumbs` shows; the page itself has no address. */
export interface Crumb {
  readonly label: string
  readonly url: string | null
}

interface Options {
  readonly events: EventsService
  readonly page: PageRenderer
  readonly formats: Formats
}

/** A calendar, turned to a month or a day. */
export async function calendarRoutes(
  app: FastifyInstance,
  { events, page, formats }: Options,
): Promise<void> {
  app.get('/:page/calendars/:calendar/', async (request, reply) => {
    const { calendar } = await getCalendar(request, calendarParams)
    if (!isAddressedAs(calendar.path, request.url)) return reply.redirect(calendar.path, 301)
    const month = await events.findMonth(calendar, events.today(calendar))
    if (!month) throw notThere()
    return sendMonth(request, reply, { calendar, month, path: calendar.path, title: calendar.name })
  })

  app.get('/:page/calendars/:calendar/:year/:month/', async (request, reply) => {
    const { calendar, params } = await getCalendar(request, monthParams)
    const { year, month } = params
    const found = await events.findMonth(calendar, { year, month })
    if (!found) throw notThere()
    const path = monthPath(calendar, found.month)
    if (!isAddressedAs(path, request.url)) return reply.redirect(path, 301)
    const name = describeMonthName(found.month, formats)
    return sendMonth(request, reply, {
      calendar,
      month: found,
      path,
      title: `${calendar.name}: ${name}`,
      crumbs: [...crumbsOf(calendar), { label: name, url: null }],
    })
  })

  app.get('/:page/calendars/:calendar/:year/:month/:day/', async (request, reply) => {
    const { calendar, params } = await getCalendar(request, dayParams)
    const { year, month, day } = params
    const found = await events.findDay(calendar, { year, month, day })
    if (!found) throw notThere()
    const path = dayPath(calendar, found.date)
    if (!isAddressedAs(path, request.url)) return reply.redirect(path, 301)
    const label = describeDate(found.date, formats)
    const { previous, next } = found
    return page(request, reply, {
      template: 'pages/day',
      title: `${calendar.name}: ${label}`,
      canonicalPath: path,
      data: {
        crumbs: [
          ...crumbsOf(calendar),
          { label: describeMonthName(found.date, formats), url: monthPath(calendar, found.date) },
          { label, url: null },
        ],
        title: label,
        calendarName: calendar.name,
        isToday: found.isToday,
        entries: found.entries.map((entry) => toEntryCard(entry, formats)),
        monthUrl: monthPath(calendar, found.date),
        previous: previous && {
          label: describeDate(previous, formats),
          url: dayPath(calendar, previous),
        },
        next: next && { label: describeDate(next, formats), url: dayPath(calendar, next) },
      },
    })
  })

  async function sendMonth(
    request: FastifyRequest,
    reply: FastifyReply,
    shown: {
      readonly calendar: Calendar
      readonly month: CalendarMonth
      readonly path: string
      readonly title: string
      /** Those of the calendar's own page when left out. */
      readonly crumbs?: readonly Crumb[]
    },
  ) {
    const { calendar, month, path, title, crumbs } = shown
    return page(request, reply, {
      template: 'pages/month',
      title,
      ...(calendar.summary ? { description: calendar.summary } : {}),
      canonicalPath: path,
      data: {
        crumbs: crumbs ?? [whatsOnCrumb, { label: calendar.name, url: null }],
        calendar: {
          name: calendar.name,
          descriptionHtml: calendar.descriptionHtml,
          summary: calendar.summary,
        },
        container: {
          title: calendar.container.title,
          path: `/${calendar.container.slug}/`,
        },
        month: describeMonth(calendar, month, formats),
      },
    })
  }

  /** Throws NotFoundError. */
  async function getCalendar<Params extends z.output<typeof calendarParams>>(
    request: FastifyRequest,
    schema: z.ZodType<Params>,
  ) {
    const params = schema.safeParse(request.params)
    if (!params.success) throw notThere()
    const calendar = await events.findCalendarBySlug(params.data.calendar)
    if (!calendar) throw notThere()
    return { calendar, params: params.data }
  }
}

const whatsOnCrumb: Crumb = { label: 'What’s on', url: '/' }

/** The way to a calendar's own page. */
export function crumbsOf({ name, path }: Calendar): readonly Crumb[] {
  return [whatsOnCrumb, { label: name, url: path }]
}

function notThere(): NotFoundError {
  return new NotFoundError('There is no such page in our calendars.')
}
