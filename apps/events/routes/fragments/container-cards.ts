import type { EventsService } from '@rose-ash/shared/contracts/events'
import { createBatchLoader } from '@rose-ash/shared/infrastructure/fragments/batch-loader'
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

/**
 * The upcoming events that a post tells of, as a strip to slide through. A list of posts asks for one
 * fragment a post, all in one batch, and they are answered together.
 */
export function createContainerCards(options: Options): FragmentProvider {
  const { render, events, formats, publicUrl } = options
  const loadEntries = createBatchLoader((postIds: readonly string[]) =>
    events.findEntriesForPosts(postIds),
  )
  return defineFragment(z.object({ postId: z.uuid() }), async ({ postId }) => {
    const entries = await loadEntries(postId)
    if (!entries) return ''
    return render('partials/container-cards', {
      entries: entries.map((entry) => toEntryCard(entry, formats, publicUrl)),
      moreUrl: null,
    })
  })
}
