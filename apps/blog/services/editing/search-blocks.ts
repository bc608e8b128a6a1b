import type { EventsService } from '@rose-ash/shared/contracts/events'
import type { MarketService } from '@rose-ash/shared/contracts/market'
import { escapeHtml } from '../documents/escape.ts'
import type { GraphAccess } from '../graph/open-graph.ts'
import { listQueries } from '../queries/saved-query.ts'
import { blockHtml } from './blocks.ts'

export const blockSearchKinds = ['product', 'event', 'list', 'cart'] as const

export interface FoundBlock {
  readonly title: string
  readonly note: string
  /** What goes into an HTML card. */
  readonly html: string
}

export interface BlockSources {
  readonly market: Pick<MarketService, 'listProducts'>
  readonly events: Pick<EventsService, 'upcomingEntries'>
  readonly graph: GraphAccess
  readonly publicUrls: Readonly<Record<'market' | 'events' | 'cart', string>>
  /** A day as people write it. */
  readonly showDay: (day: Date, timeZone: string) => string
}

const most = 12
/** Events have no search by title, so these are looked through. */
const mostEvents = 200

/** What can stand in a text, of one kind, by words of its title. */
export async function searchBlocks(
  sources: BlockSources,
  kind: (typeof blockSearchKinds)[number],
  search: string,
): Promise<readonly FoundBlock[]> {
  const { market, events, graph, publicUrls, showDay } = sources
  switch (kind) {
    case 'product': {
      const query = { search: search || undefined }
      const { products } = await market.listProducts(query, { page: 1, pageSize: most })
      return products.map(({ title, path, category }) => ({
        title,
        note: category.name,
        html: blockHtml({ kind, path, title, url: publicUrls.market + path }),
      }))
    }
    case 'event': {
      const entries = await events.upcomingEntries(mostEvents)
      return entries
        .filter(({ title }) => hasWords(title, search))
        .slice(0, most)
        .map(({ title, path, startsAt, timeZone }) => ({
          title,
          note: showDay(startsAt, timeZone),
          html: blockHtml({ kind, path, title, url: publicUrls.events + path }),
        }))
    }
    case 'list': {
      const { store } = await graph.open()
      const queries = await listQueries(store)
      return queries
        .filter(({ title, isPublic }) => isPublic && hasWords(title, search))
        .slice(0, most)
        .map(({ title, slug, description }) => ({
          title,
          note: description.slice(0, 120),
          html: `<p>[[list: ${escapeHtml(slug)}]]</p>`,
        }))
    }
    case 'cart': {
      const title = 'Your basket'
      const html = blockHtml({ kind, path: '/', title, url: `${publicUrls.cart}/` })
      return hasWords(title, search) ? [{ title, note: 'What the reader has in it', html }] : []
    }
  }
}

function hasWords(title: string, search: string): boolean {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean)
  return wanted.every((word) => title.toLowerCase().includes(word))
}
