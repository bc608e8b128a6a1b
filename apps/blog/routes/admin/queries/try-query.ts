import type { Problem } from '@rose-ash/datalog'
import type { Graph } from '../../../services/graph/open-graph.ts'
import { evaluateQuery } from '../../../services/queries/evaluate-query.ts'
import { explainEntry } from '../../../services/queries/explain-entry.ts'
import { rowOf } from '../../../services/queries/list-changes.ts'
import { countOthers, readEntries } from '../../../services/queries/list-entries.ts'
import { readQuery } from '../../../services/queries/read-query.ts'
import type { SavedQuery } from '../../../services/queries/saved-query.ts'

/** What a list would be now, as `pages/admin/query.hbs` shows it. */
export interface Trial {
  readonly problems: readonly object[]
  readonly rows: readonly object[]
  /** Objects found, before the limit. */
  readonly count: number
  /** Values that are no objects, and cannot be listed. */
  readonly otherCount: number
  readonly variable: string
  /** Milliseconds of the evaluation. */
  readonly time: string
}

/** Drafts are shown too, and marked: whoever writes a list sees what it will have, and of one object `why`. */
export async function tryQuery(
  graph: Graph,
  { text, order, limit }: SavedQuery,
  why?: string,
): Promise<Trial> {
  const { query, problems } = readQuery(text)
  if (!query) return { ...nothing, problems: problems.map(describeProblem) }
  const start = performance.now()
  const answer = evaluateQuery(graph.views.database, query)
  const time = (performance.now() - start).toFixed(1)
  if (answer.status === 'stopped')
    return { ...nothing, time, problems: answer.problems.map(describeProblem) }
  const shown = { order, limit, audience: 'staff' } as const
  const entries = await readEntries(graph.database, answer.values, shown)
  const otherCount = countOthers(answer.values)
  const isShown = why !== undefined && entries.some(({ name }) => name === why)
  const reasons = isShown ? ((await explainEntry(graph, query, why)) ?? [notSaid]) : []
  return {
    problems: [],
    rows: entries.map((entry) => ({
      ...rowOf(entry),
      isPublic: entry.isPublic,
      reasons: entry.name === why ? reasons : [],
    })),
    count: answer.values.size - otherCount,
    otherCount,
    variable: query.variable,
    time,
  }
}

/** How many objects a list has now; undefined when that cannot be said. */
export function countObjects(graph: Graph, text: string): number | undefined {
  const { query } = readQuery(text)
  const answer = query && evaluateQuery(graph.views.database, query)
  if (answer?.status !== 'done') return undefined
  return answer.values.size - countOthers(answer.values)
}

const notSaid = 'That takes too long to work out.'

const nothing: Trial = {
  problems: [],
  rows: [],
  count: 0,
  otherCount: 0,
  variable: '',
  time: '0.0',
}

/** As `partials/problem.hbs` shows it. */
function describeProblem({ code, message, hint, span }: Problem): object {
  const place = span ? `line ${span.line}, column ${span.column}` : ''
  return { code: place ? '' : code, message, hint: hint || null, place }
}
