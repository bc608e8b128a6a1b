import type { Proof, WhyNot } from '../contract.ts'
import { rowValues } from './rows.ts'
import { writeFact, writeValue } from './write.ts'

/** What one node of a proof says: the fact, and by what it holds. */
export interface ProofLine {
  readonly text: string
  readonly reason: string
  readonly kind: 'derived' | 'asserted' | 'not' | 'aggregate'
  readonly children: readonly Proof[]
}

export function proofLine(proof: Proof): ProofLine {
  if ('not' in proof) {
    const values = proof.row.map((value) => (value === null ? '_' : writeValue(value)))
    const text = `not ${proof.relation}${values.length > 0 ? `(${values.join(', ')})` : ''}`
    return { text, reason: 'there is none', kind: 'not', children: [] }
  }
  if ('aggregate' in proof) {
    const tuples = proof.size === 1 ? '1 tuple' : `${proof.size} tuples`
    const reason = `gives ${writeValue(proof.value)}, from ${tuples}`
    return { text: proof.text, reason, kind: 'aggregate', children: [] }
  }
  const { relation, row, rule, children = [], truncated } = proof
  const text = writeFact({ relation, row: rowValues(row) })
  if (rule === undefined) return { text, reason: 'asserted', kind: 'asserted', children: [] }
  const reason = truncated ? `${rule} … and more below` : rule
  return { text, reason, kind: 'derived', children }
}

/** What a rule lacked, ready to be shown. */
export interface FailureLine {
  readonly rule: string
  readonly failed: string
  readonly bindings: string
}

export function failureLines({ rules }: WhyNot): readonly FailureLine[] {
  return rules.map(({ rule, literal, instance, bindings }) => ({
    rule,
    failed: instance || literal,
    bindings: Object.entries(bindings)
      .map(([name, value]) => `${name} = ${writeValue(value)}`)
      .join(', '),
  }))
}
