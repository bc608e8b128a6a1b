import type { DemoEventsFile } from '../../shapes.ts'
import { paragraph } from '../market/product.ts'
import { cinemaEntries } from './cinema.ts'
import { completeEntries } from './entry.ts'
import { meetingEntries } from './meetings.ts'
import { workshopEntries } from './workshops.ts'

export const events: DemoEventsFile = {
  calendars: [
    {
      slug: 'cinema',
      name: 'The cinema',
      pageSlug: 'whats-on',
      timeZone: 'Europe/London',
      descriptionHtml: paragraph(
        'Sixty-two seats, of which sixty-one are sold. Thursdays with subtitles, Saturday matinées for all ages, Mondays at any price.',
      ),
      sortOrder: 0,
      entries: completeEntries(cinemaEntries),
    },
    {
      slug: 'workshops',
      name: 'Workshops',
      pageSlug: 'whats-on',
      timeZone: 'Europe/London',
      descriptionHtml: paragraph(
        'Repair Saturdays every week, and a class or two. In each of them two places are kept at any price.',
      ),
      sortOrder: 1,
      entries: completeEntries(workshopEntries),
    },
    {
      slug: 'meetings',
      name: 'Meetings',
      pageSlug: 'whats-on',
      timeZone: 'Europe/London',
      descriptionHtml: paragraph(
        'Where things get decided, dug or weighed out. All open to members, and nearly all to everybody.',
      ),
      sortOrder: 2,
      entries: completeEntries(meetingEntries),
    },
  ],
}
