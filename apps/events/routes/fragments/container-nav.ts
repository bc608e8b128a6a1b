import type { EventsService } from '@rose-ash/shared/contracts/events'
import type { RelationsService } from '@rose-ash/shared/contracts/relations'
import {
  defineFragment,
  type FragmentProvider,
} from '@rose-ash/shared/infrastructure/fragments/routes'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import { z } from 'zod'

interface Options {
  readonly render: Render
  readonly events: EventsService
  readonly relations: Pick<RelationsService, 'children'>
  /** The events' own address, since the links are shown on other apps. */
  readonly publicUrl: string
}

const parameters = z.object({ containerType: z.literal('page'), containerId: z.uuid() })

/** The calendars of a page, by the names that the page has for them. */
export function createContainerNav({
  render,
  events,
  relations,
  publicUrl,
}: Options): FragmentProvider {
  return defineFragment(parameters, async ({ containerType, containerId }) => {
    const container = { type: containerType, id: containerId }
    const [calendars, attached] = await Promise.all([
      events.findCalendars(container),
      relations.children(container, { relationType: 'page->calendar' }),
    ])
    const labels = new Map(attached.map(({ to, label }) => [to.id, label]))
    if (calendars.length === 0) return ''
    return render('partials/container-nav', {
      items: calendars.map(({ id, name, path }) => ({
        label: labels.get(id) ?? name,
        url: publicUrl + path,
        icon: 'calendar',
      })),
    })
  })
}
