import type { Graph, GraphAccess } from '../graph/open-graph.ts'
import { type Answer, evaluateQuery } from './evaluate-query.ts'
import { type ListEntry, readEntries, type Shown } from './list-entries.ts'
import { readQuery } from './read-query.ts'
import { findQuery, type SavedQuery } from './saved-query.ts'

/** A list as a page shows it. */
export interface ReadList {
  readonly query: SavedQuery
  readonly entries: readonly ListEntry[]
  /** Why there are none, as a sentence for readers. */
  readonly problem: string | null
}

export interface ListReader {
  /** Undefined when there is no such list, or it is not for this audience. */
  find(slug: string, audience: Shown['audience']): Promise<ReadList | undefined>
}

const mostRemembered = 200
/** Time may have run out because of others. */
const stoppedForMilliseconds = 10_000

/** Reads lists for pages. What is worked out is remembered until the graph changes. */
export function createListReader(access: GraphAccess): ListReader {
  const remembered = new Map<string, { cursor: number; until: number; answer: Answer }>()

  function answer({ views }: Graph, text: string): Answer {
    const found = remembered.get(text)
    if (found && found.cursor === views.cursor && performance.now() < found.until)
      return found.answer
    const made = answerText(views.database, text)
    if (remembered.size >= mostRemembered) remembered.clear()
    const until = made.status === 'done' ? Infinity : performance.now() + stoppedForMilliseconds
    remembered.set(text, { cursor: views.cursor, until, answer: made })
    return made
  }

  return {
    async find(slug, audience) {
      const graph = await access.open()
      const query = await findQuery(graph.store, slug)
      if (!query || !(query.isPublic || audience === 'staff')) return undefined
      const found = answer(graph, query.text)
      // A list shows everybody the same, whoever looks at it.
      return { query, ...(await showAnswer(graph, query, found)) }
    },
  }
}

/** The entries of an answer that everybody may see. */
export async function showAnswer(
  { database }: Pick<Graph, 'database'>,
  { order, limit }: SavedQuery,
  answer: Answer,
): Promise<Pick<ReadList, 'entries' | 'problem'>> {
  if (answer.status === 'stopped') return { entries: [], problem: answer.reason }
  const shown = { order, limit, audience: 'everybody' } as const
  return { entries: await readEntries(database, answer.values, shown), problem: null }
}

function answerText(database: Graph['views']['database'], text: string): Answer {
  const { query, problems } = readQuery(text)
  if (query) return evaluateQuery(database, query)
  return { status: 'stopped', reason: 'This list cannot be read any more.', problems }
}
