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

  forArity(arity: number): readonly Int32Array[] {
    while (this.columns.length < arity) this.columns.push(new Int32Array(outputSize))
    return this.columns
  }

  /** The row that holds one of the heads; a new one has state 0. */
  put(relation: Relation, place: number): number {
    const { columns } = this
    if (relation.arity === 2)
      return relation.putPair(
        (columns[0] as Int32Array)[place] as number,
        (columns[1] as Int32Array)[place] as number,
      )
    for (let column = 0; column < relation.arity; column += 1)
      relation.key[column] = (columns[column] as Int32Array)[place] as number
    return relation.put()
  }
}
