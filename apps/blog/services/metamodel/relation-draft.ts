import { type RelationSpec, relationSpec } from '../graph/metamodel.ts'
import type { RowDraft } from './metamodel-row.ts'
import { type Problem, problemAt } from './problem.ts'

/** A relation as somebody wants it. */
export interface RelationDraft extends RowDraft {
  readonly label: string
  /** May be empty where the relation holds both ways. */
  readonly inverseLabel: string
  readonly isSymmetric: boolean
  readonly cardinality: string
  /** Slugs of the types that declare it; none for a relation that leads anywhere. */
  readonly anchors: readonly string[]
}

type ReadRelation =
  | { readonly spec: RelationSpec; readonly problems: readonly [] }
  | { readonly spec: undefined; readonly problems: readonly Problem[] }

const sentences: Readonly<Record<string, string>> = {
  label: 'A relation needs a label of at most 80 letters.',
  inverseLabel: 'The other end needs a label of at most 80 letters, such as “is part of”.',
  cardinality: 'Please choose how many there may be.',
}

const inputs: Readonly<Record<string, string>> = { inverseLabel: 'inverse-label' }

export function readRelationSpec(draft: RelationDraft): ReadRelation {
  const { label, isSymmetric, cardinality } = draft
  const inverseLabel = isSymmetric && draft.inverseLabel === '' ? label : draft.inverseLabel
  const read = relationSpec.safeParse({ label, inverseLabel, isSymmetric, cardinality })
  if (read.success) return { spec: read.data, problems: [] }
  const parts = new Set(read.error.issues.map(({ path: [part] }) => String(part)))
  // The label of a symmetric relation is missing once.
  if (parts.has('label') && isSymmetric && draft.inverseLabel === '') parts.delete('inverseLabel')
  return {
    spec: undefined,
    problems: [...parts].map((part) =>
      problemAt(inputs[part] ?? part, sentences[part] ?? 'This cannot be read.'),
    ),
  }
}
