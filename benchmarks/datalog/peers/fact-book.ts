import { keyOf, type Pair, type Pairs } from '../graphs.ts'
import type { Update } from '../workloads.ts'

/** Asserted facts, for an engine that is given all of them again. */
export class FactBook {
  readonly #relations: ReadonlyMap<string, Map<number, Pair>>

  constructor(facts: Readonly<Record<string, Pairs>>) {
    this.#relations = new Map(
      Object.entries(facts).map(([relation, pairs]) => [
        relation,
        new Map(pairs.map((pair) => [keyOf(pair), pair])),
      ]),
    )
  }

  get facts(): Readonly<Record<string, Pairs>> {
    return Object.fromEntries(
      [...this.#relations].map(([relation, pairs]) => [relation, [...pairs.values()]]),
    )
  }

  write({ isInsert, relation, row }: Update): void {
    if (isInsert) this.#relations.get(relation)!.set(keyOf(row), row)
    else this.#relations.get(relation)!.delete(keyOf(row))
  }
}
