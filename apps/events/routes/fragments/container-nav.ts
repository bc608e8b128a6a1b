import type { EventsService } from '@rose-ash/shared/contracts/events'
import {
  defineFragment,
  type FragmentProvider,
} from '@rose-ash/shared/infrastructure/fragments/routes'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import { z } from 'zod'

interface Options {
  readonly render: Render
  readonly events: EventsService
  /** The events' own address, since the links are shown on other apps. */
  readonly publicUrl: string
}

const parameters = z.object({ containerType: z.literal('page'), containerId: z.uuid() })

/** The calendars of a page. */
export function createContainerNav({ render, events, publicUrl }: Options): FragmentProvider {
  return defineFragment(parameters, async ({ containerType, containerId }) => {
    const calendars = await events.findCalendars({ type: containerType, id: containerId })
    if (calendars.length === 0) return ''
    return render('partials/container-nav', {
      items: calendars.map(({ name, path }) => ({
        label: name,
        url: publicUrl + path,
        icon: 'calendar',
      })),
    })
  })
}
