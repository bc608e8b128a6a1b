import { inspect } from 'node:util'
import { DrizzleQueryError } from 'drizzle-orm'

/** What went wrong, with its causes, in one line that an operator can read. */
export function describeFailure(error: unknown): string {
  const reasons: string[] = []
  let each = withoutValues(error)
  while (each !== undefined) {
    reasons.push(each instanceof Error ? `${each.name}: ${each.message}` : inspect(each))
    each = each instanceof Error ? withoutValues(each.cause) : undefined
  }
  return reasons.join(' < ').slice(0, 2000)
}

/**
 * What PostgreSQL said about a failed query. Drizzle's own message repeats the values of the query,
 * which may be somebody's: they belong neither in a log nor on an operator's page.
 */
export function withoutValues(error: unknown): unknown {
  return error instanceof DrizzleQueryError ? (error.cause ?? 'a query failed') : error
}
