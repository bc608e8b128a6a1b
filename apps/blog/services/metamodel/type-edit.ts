import type { KvReader } from '../../graph/kv/kv-store.ts'
import type { Transaction } from '../../models/index.ts'
import type { TypeSpec } from '../graph/metamodel.ts'
import type { Graph } from '../graph/open-graph.ts'
import type { TypeDraft } from './type-draft.ts'
import type { TypeChange } from './type-edges.ts'

/** A type that can be read and is about to be written, between whose reads nobody else writes. */
export interface TypeEdit {
  readonly graph: Graph
  readonly inside: KvReader
  readonly transaction: Transaction
  readonly draft: TypeDraft
  readonly spec: TypeSpec
  readonly change: TypeChange
  /** Of all types, by slug. */
  readonly titles: ReadonlyMap<string, string>
}

/** The input that is to blame for what the edges of a type bring about. */
export function placeOfEdges({ change: { add, remove } }: TypeEdit): string {
  return [...add, ...remove].some(({ kind }) => kind === 'subtype-of') ? 'supertypes' : 'operands'
}
