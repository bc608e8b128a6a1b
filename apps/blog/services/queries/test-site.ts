import { readFileSync } from 'node:fs'
import { type Database, datalog, type Delta } from '@rose-ash/datalog'
import { type ReadQuery, readQuery } from './read-query.ts'
import type { WatchedViews } from './watch-answer.ts'

/** The site's rules over facts of a test's own, without a store. */
export function createTestSite(facts: Record<string, readonly (readonly string[])[]>): Database {
  const site = datalog(undefined, { demand: ['shares_tag', 'shares_type', 'neighbour'] })
  site.rules(readFileSync(new URL('../../graph/views.dl', import.meta.url), 'utf8'))
  site.load(facts)
  return site
}

/** The views of such a site, with a count of those who listen. */
export function createTestViews(database: Database): WatchedViews & {
  readonly listenerCount: () => number
  change(sign: '+' | '-', relation: string, row: readonly string[]): void
} {
  const listeners = new Set<(delta: Delta) => void>()
  return {
    database,
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    listenerCount: () => listeners.size,
    change(sign, relation, row) {
      const delta = database.tx((transaction) =>
        sign === '+' ? transaction.insert(relation, row) : transaction.retract(relation, row),
      )
      for (const listener of listeners) listener(delta)
    },
  }
}

export function soundQuery(text: string): ReadQuery {
  const { query, problems } = readQuery(text)
  if (!query) throw new Error(problems.map(({ message }) => message).join('\n'))
  return query
}
