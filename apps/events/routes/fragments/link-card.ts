import type { EventsService } from '@rose-ash/shared/contracts/events'
import {
  defineFragment,
  type FragmentProvider,
} from '@rose-ash/shared/infrastructure/fragments/routes'
import type { Formats } from '@rose-ash/shared/infrastructure/view/format'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import { z } from 'zod'

interface Options {
  readonly render: Render
  readonly events: EventsService
  readonly formats: Formats
  readonly publicUrl: string
}

const entryPath = /\/entries\/([^/]+)\/?$/

/** `path` is an entry's page here: whoever finds its address in a text need not take it apart. */
const parameters = z.object({
  path: z
    .string()
    .max(600)
    .transform((path) => entryPath.exec(path)?.[1])
    .pipe(z.uuid()),
})

/** An entry as a compact card. */
export function createLinkCard(options: Options): FragmentProvider {
  const { render, events, formats, publicUrl } = options
  return defineFragment(parameters, async ({ path: id }) => {
    const entry = await events.findEntry(id)
    if (!entry) return ''
    const { startsAt, timeZone } = entry
    const when = `${formats.date(startsAt, 'day', timeZone)}, ${formats.date(startsAt, 'time', timeZone)}`
    return render('partials/link-card', {
      url: publicUrl + entry.path,
      title: entry.title,
      kind: entry.calendarName,
      note: [entry.isCancelled ? 'Cancelled' : when, entry.location].filter(Boolean).join(', '),
      image: entry.image,
      price: null,
    })
  })
}
