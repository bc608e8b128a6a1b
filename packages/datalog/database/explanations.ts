import type { AnyRow, FactProof, WhyNot } from '../contract.ts'
import type { Engine } from '../evaluate/engine.ts'
import { explainRow } from '../explain/explain.ts'
import type { Instances } from '../explain/instances.ts'
import { formatProof } from '../explain/proof-text.ts'
import { explainAbsence } from '../explain/why-not.ts'
import type { Relation } from '../store/relation.ts'
import type { RowShapes } from './rows.ts'

/** A proof that can be read: `toText()` is the tree, a premise a line. */
export type ReadableProof = FactProof & { toText(): string }

export interface Explaining {
  readonly engine: Engine
  readonly shapes: RowShapes
  readonly instances: Instances
}

interface Question {
  readonly relation: string
  readonly row: AnyRow
}

export interface ExplainOptions {
  /** How many different facts a proof may have before what is below is left out. Default 10,000. */
  readonly maxNodes?: number
}

const defaultNodes = 10_000

export function explainFact(
  { engine, shapes, instances }: Explaining,
  { relation, row }: Question,
  { maxNodes = defaultNodes }: ExplainOptions,
): ReadableProof | null {
  const stored = engine.findRelation(relation)
  const found = stored ? engine.findRow(stored, shapes.unshape(relation, row)) : -1
  if (!stored || found < 0) return null
  const shape = (of: Relation, at: number) => shapes.shape(of.name, engine.decodeRow(of, at))
  const proof = explainRow(engine, { relation: stored, row: found }, { shape, maxNodes, instances })
  const methods = { toText: { value: () => formatProof(proof) } }
  return Object.defineProperties(proof, methods) as ReadableProof
}

export function explainMissing(
  { engine, shapes }: Explaining,
  { relation, row }: Question,
): WhyNot {
  const values = shapes.unshape(relation, row)
  return explainAbsence(engine, relation, { values, row: shapes.shape(relation, values) })
}
