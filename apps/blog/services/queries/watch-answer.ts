import type { Delta, Value } from '@rose-ash/datalog'
import type { GraphViews } from '../../graph/graph-views.ts'
import { type Answer, evaluateQuery } from './evaluate-query.ts'
import { queryLimits } from './limits.ts'
import type { ReadQuery } from './read-query.ts'

/** What following an answer takes of the site's views. */
export type WatchedViews = Pick<GraphViews, 'database' | 'onChange'>

export interface WatchedAnswer extends Disposable {
  /** As it is now. */
  current(): Answer
}

/** Follows a list's answer: `onChange` is called when it may have become another. Dispose of it to end. */
export function watchAnswer(
  views: WatchedViews,
  query: ReadQuery,
  onChange: () => void,
): WatchedAnswer {
  // What the site's database follows stays in its memory, so it must be known to be small.
  const isSmall = query.isPlain && evaluateQuery(views.database, query).status === 'done'
  return isSmall ? watchRows(views, query, onChange) : watchRelations(views, query, onChange)
}

/** By the engine's own deltas of the question. */
function watchRows(views: WatchedViews, query: ReadQuery, onChange: () => void): WatchedAnswer {
  const { database } = views
  const question = database.prepare(query.question)
  type Row = Readonly<Record<string, Value>>
  /** How many rows each value has: the question may have other variables. */
  const counts = new Map<Value, number>()
  let rowCount = 0
  let instead: WatchedAnswer | undefined
  const count = (row: Row, step: 1 | -1): boolean => {
    const value = row[query.variable] as Value
    const before = counts.get(value) ?? 0
    if (before + step === 0) counts.delete(value)
    else counts.set(value, before + step)
    rowCount += step
    return before === 0 || before + step === 0
  }
  for (const row of database.query<Row>(question)) count(row, 1)
  const stop = database.subscribe<Row>(question, ({ added, removed }) => {
    let isOther = false
    for (const row of removed) isOther = count(row, -1) || isOther
    for (const row of added) isOther = count(row, 1) || isOther
    if (rowCount > queryLimits.maxDerivations) {
      stop()
      counts.clear()
      instead = watchRelations(views, query, onChange)
      isOther = true
    }
    if (isOther) onChange()
  })
  return {
    current: () => instead?.current() ?? { status: 'done', values: new Set(counts.keys()) },
    [Symbol.dispose]() {
      stop()
      instead?.[Symbol.dispose]()
    },
  }
}

/** By working it out again when a relation that it reads has changed. */
function watchRelations(
  views: WatchedViews,
  query: ReadQuery,
  onChange: () => void,
): WatchedAnswer {
  let answer: Answer | undefined
  const stop = views.onChange((delta) => {
    if (!touches(delta, query.reads)) return
    answer = undefined
    onChange()
  })
  return {
    current: () => (answer ??= evaluateQuery(views.database, query)),
    [Symbol.dispose]: stop,
  }
}

function touches({ added, removed }: Delta, names: ReadonlySet<string>): boolean {
  return [...Object.keys(added), ...Object.keys(removed)].some((name) => names.has(name))
}
