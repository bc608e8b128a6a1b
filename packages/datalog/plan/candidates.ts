import type { Relation } from '../store/relation.ts'

/** Rows waiting to be examined, those of the smallest rank first: a binary heap. */
export class Candidates {
  readonly #relations: Relation[] = []
  readonly #rows: number[] = []
  readonly #ranks: number[] = []

  get length(): number {
    return this.#rows.length
  }

  push(relation: Relation, row: number, rank: number): void {
    let place = this.#rows.length
    while (place > 0) {
      const parent = (place - 1) >> 1
      if ((this.#ranks[parent] as number) <= rank) break
      this.#move(parent, place)
      place = parent
    }
    this.#set(place, { relation, row, rank })
  }

  /** Of a heap that is not empty. */
  pop(): { relation: Relation; row: number; rank: number } {
    const first = {
      relation: this.#relations[0] as Relation,
      row: this.#rows[0] as number,
      rank: this.#ranks[0] as number,
    }
    const relation = this.#relations.pop() as Relation
    const row = this.#rows.pop() as number
    const rank = this.#ranks.pop() as number
    const { length } = this.#rows
    if (length > 0) {
      let place = 0
      for (;;) {
        let child = place * 2 + 1
        if (child >= length) break
        if (
          child + 1 < length &&
          (this.#ranks[child + 1] as number) < (this.#ranks[child] as number)
        )
          child += 1
        if (rank <= (this.#ranks[child] as number)) break
        this.#move(child, place)
        place = child
      }
      this.#set(place, { relation, row, rank })
    }
    return first
  }

  clear(): void {
    this.#relations.length = 0
    this.#rows.length = 0
    this.#ranks.length = 0
  }

  #move(from: number, to: number): void {
    this.#relations[to] = this.#relations[from] as Relation
    this.#rows[to] = this.#rows[from] as number
    this.#ranks[to] = this.#ranks[from] as number
  }

  #set(
    place: number,
    { relation, row, rank }: { relation: Relation; row: number; rank: number },
  ): void {
    this.#relations[place] = relation
    this.#rows[place] = row
    this.#ranks[place] = rank
  }
}
