import { putPairs } from '../store/put-pairs.ts'
import type { Relation } from '../store/relation.ts'

/** Heads that a plan finds before they are put into their relation. */
export const outputSize = 1024

/**
 * Heads that a plan has found, by column. Putting many in at once keeps the loops of each plan short, and the
 * loop that all of them share soon becomes fast code.
 */
export class Output {
  readonly columns: Int32Array[] = []
  readonly ranks = new Int32Array(outputSize)
  readonly rows = new Int32Array(outputSize)

  forArity(arity: number): readonly Int32Array[] {
    while (this.columns.length < arity) this.columns.push(new Int32Array(outputSize))
    return this.columns
  }

  /** Puts the first heads in: `rows` then has the row of each. A new one has state 0. */
  put(relation: Relation, count: number): void {
    const { columns, rows } = this
    if (relation.arity === 2) {
      const [lefts, rights] = columns as [Int32Array, Int32Array]
      return putPairs(relation, { lefts, rights, rows, count })
    }
    for (let place = 0; place < count; place += 1) {
      for (let column = 0; column < relation.arity; column += 1)
        relation.key[column] = (columns[column] as Int32Array)[place] as number
      rows[place] = relation.put()
    }
  }
}
