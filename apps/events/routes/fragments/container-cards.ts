import type { EntrySummary, EventsService } from '@rose-ash/shared/contracts/events'
import {
  defineFragment,
  type FragmentProvider,
} from '@rose-ash/shared/infrastructure/fragments/routes'
import type { Formats } from '@rose-ash/shared/infrastructure/view/format'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import { z } from 'zod'
import { toEntryCard } from '../entries/card.ts'

interface Options {
  readonly render: Render
  readonly events: EventsService
  readonly formats: Formats
  readonly publicUrl: string
}

/** As many as anybody slides through. */
const most = 12

const parameters = z.object({
  postIds: z
    .string()
    .max(2000)
    .transform((list) => list.split(','))
    .pipe(z.array(z.uuid())),
})

/** The upcoming events that some posts tell of, each once and the next one first, as a strip to slide through. */
export function createContainerCards(options: Options): FragmentProvider {
  const { render, events, formats, publicUrl } = options
  return defineFragment(parameters, async ({ postIds }) => {
    const entries = nextOf((await events.findEntriesForPosts(postIds)).values())
    if (entries.length === 0) return ''
    return render('partials/container-cards', {
      entries: entries.map((entry) => toEntryCard(entry, formats, publicUrl)),
      moreUrl: null,
    })
  })
}

function nextOf(lists: Iterable<readonly EntrySummary[]>): readonly EntrySummary[] {
  const byId = new Map([...lists].flat().map((entry) => [entry.id, entry]))
  return [...byId.values()]
    .sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime())
    .slice(0, most)
}
