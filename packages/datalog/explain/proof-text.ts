import type { FactProof, Proof } from '../contract.ts'
import { formatValue } from '../language/format.ts'
import type { Value } from '../language/syntax.ts'

const defaultLines = 1000

/** The proof as an indented tree, one premise a line; a fact that was shown above is named only. */
export function formatProof(root: FactProof, maxLines = defaultLines): string {
  const lines: string[] = []
  const shown = new Set<Proof>()
  const open: { proof: Proof; lead: string; indent: string }[] = [
    { proof: root, lead: '', indent: '' },
  ]
  for (let next = open.pop(); next; next = open.pop()) {
    if (lines.length >= maxLines) {
      lines.push('…')
      break
    }
    const { proof, lead, indent } = next
    const isAgain = shown.has(proof)
    shown.add(proof)
    lines.push(
      lead + describeProof(proof) + (isAgain && 'children' in proof ? '  (see above)' : ''),
    )
    if (isAgain || !('children' in proof)) continue
    const children = proof.children ?? []
    for (const [place, child] of [...children.entries()].toReversed()) {
      const isLast = place === children.length - 1
      open.push({
        proof: child,
        lead: `${indent}${isLast ? '└─ ' : '├─ '}`,
        indent: `${indent}${isLast ? '   ' : '│  '}`,
      })
    }
  }
  return lines.join('\n')
}

/** One premise, without what is below it. */
export function describeProof(proof: Proof): string {
  if ('aggregate' in proof) return `${proof.text}  [${formatValue(proof.value)}, of ${proof.size}]`
  if ('not' in proof) {
    const terms = proof.row.map((value) => (value === null ? '_' : formatValue(value)))
    return `not ${formatFact(proof.relation, terms)}`
  }
  const values: readonly Value[] = Object.values(proof.row)
  const fact = formatFact(proof.relation, values.map(formatValue))
  if (proof.truncated) return `${fact}  (more below)`
  return proof.rule === undefined
    ? `${fact}  asserted`
    : `${fact}  by ${proof.rule.replaceAll(/\s+/g, ' ')}`
}

function formatFact(relation: string, terms: readonly string[]): string {
  return terms.length === 0 ? relation : `${relation}(${terms.join(', ')})`
}
