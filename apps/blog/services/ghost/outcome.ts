import { isDuplicate } from '@rose-ash/shared/infrastructure/database-refusals'
import type { Database, Transaction } from '../../models/index.ts'

/** What one batch has done. */
export interface Outcome {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  /** Sentences that name the post, tag or author. */
  readonly warnings: readonly string[]
}

export const nothingDone: Outcome = { created: 0, updated: 0, unchanged: 0, warnings: [] }

export function addOutcomes(one: Outcome, other: Outcome): Outcome {
  return {
    created: one.created + other.created,
    updated: one.updated + other.updated,
    unchanged: one.unchanged + other.unchanged,
    warnings: [...one.warnings, ...other.warnings],
  }
}

const attempts = 3

/**
 * One batch in one transaction. Should somebody take a slug in the same moment, the whole batch is
 * done again; `work` must therefore leave no trace outside of the transaction.
 */
export async function inTransaction<Result>(
  session: Database,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await session.transaction(work)
    } catch (error) {
      if (attempt === attempts || !isDuplicate(error)) throw error
    }
  }
}
