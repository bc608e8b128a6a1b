import type { EventsService } from '../../contracts/events.ts'
import type { Database } from '../../models/database.ts'
import { createBlogService } from '../blog/blog-service.ts'
import { createRelationsService } from '../relations/relations-service.ts'
import { createEventsService } from './events-service.ts'

/** The calendars on a real database, with a clock that stands still. */
export function createTestEvents(database: Database, now: Date): EventsService {
  const url = 'http://localhost'
  const blog = createBlogService({
    database,
    cache: { invalidateTags: async () => {} },
    publicUrls: { blog: url, market: url, events: url, cart: url, account: url, federation: url },
    platformName: 'Rose Ash',
  })
  const relations = createRelationsService({ database })
  return createEventsService({ database }, { blog, relations, now: () => now })
}
