import type { AnyRow, Delta, DeltaSize } from '../contract.ts'
import type { Engine } from '../evaluate/engine.ts'
import type { Writer } from '../evaluate/writer.ts'
import type { IntList } from '../store/int-list.ts'
import type { Relation } from '../store/relation.ts'
import { fail, type RowShapes } from './rows.ts'
import type { Subscriptions } from './subscriptions.ts'

export type Write = (relation: string, row: AnyRow, isInsert: boolean) => void

export interface WriteParts {
  readonly engine: Engine
  readonly shapes: RowShapes
  readonly subscriptions: Subscriptions
  /** Throws when the relation may not be written to. */
  readonly check: (relation: string) => void
}

/** Runs changes, and says what they changed. */
export class Writes {
  readonly #parts: WriteParts

  constructor(parts: WriteParts) {
    this.#parts = parts
  }

  /** Returns the rows that came and went. */
  change(operations: (write: Write) => unknown): Delta {
    const { shapes, check } = this.#parts
    const added: Record<string, AnyRow[]> = {}
    const removed: Record<string, AnyRow[]> = {}
    const work = (writer: Writer) => {
      const result = operations((relation, row, isInsert) => {
        check(relation)
        writer.write(relation, shapes.unshape(relation, row), isInsert)
      })
      if (result instanceof Promise)
        throw fail('usage', 'A transaction cannot wait.', 'Gather what it needs first.')
    }
    this.#transact(work, (relation) => {
      if (relation.added.length > 0) added[relation.name] = this.#rows(relation, relation.added)
      if (relation.removed.length > 0)
        removed[relation.name] = this.#rows(relation, relation.removed)
    })
    return { added, removed }
  }

  /** Inserts many rows. Returns only how many rows came and went. */
  load(all: { readonly [relation: string]: Iterable<AnyRow> }): DeltaSize {
    const { shapes, check } = this.#parts
    const added: Record<string, number> = {}
    const removed: Record<string, number> = {}
    const work = (writer: Writer) => {
      for (const [relation, rows] of Object.entries(all)) {
        check(relation)
        writer.insertAll(relation, shapes.unshapeAll(relation, rows))
      }
    }
    this.#transact(work, (relation) => {
      if (relation.added.length > 0) added[relation.name] = relation.added.length
      if (relation.removed.length > 0) removed[relation.name] = relation.removed.length
    })
    return { added, removed }
  }

  #transact(work: (writer: Writer) => void, onChange: (relation: Relation) => void): void {
    const { engine, subscriptions } = this.#parts
    engine.transact(work, (changed) => {
      changed.forEach(onChange)
      subscriptions.collect(changed)
    })
    subscriptions.tell()
  }

  #rows(relation: Relation, { items, length }: IntList): AnyRow[] {
    const { engine, shapes } = this.#parts
    const rows: AnyRow[] = []
    for (let place = 0; place < length; place += 1)
      rows.push(shapes.shape(relation.name, engine.decodeRow(relation, items[place] as number)))
    return rows
  }
}
