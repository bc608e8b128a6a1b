import type { WhyNot } from '../contract.ts'
import { failureLines } from '../session/proof-line.ts'
import { rowValues } from '../session/rows.ts'
import { writeFact } from '../session/write.ts'
import type { Paint } from './paint.ts'

/** Behind a fact in the text of a proof. */
const reason = / {2}(?:asserted|by .*|\[.*\]|\((?:see above|more below)\).*)$/gm

/** The tree as the engine writes it, with the reasons in the background. */
export function showProof(tree: string, paint: Paint): string {
  return tree.replaceAll(reason, (text) => paint.faint(text))
}

/** Of each rule that could have given the fact, where it failed. */
export function showWhyNot(whyNot: WhyNot, paint: Paint): string {
  const fact = writeFact({ relation: whyNot.relation, row: rowValues(whyNot.row) })
  if (whyNot.holds) return `${paint.strong(fact)} does hold. Ask: why ${fact}`
  const failures = failureLines(whyNot)
  if (failures.length === 0) {
    return `${paint.strong(fact)} is not asserted, and no rule gives ${whyNot.relation}.`
  }
  return [
    `${paint.strong(fact)} is not asserted, and no rule gives it:`,
    ...failures.flatMap(({ rule, failed, bindings }) => [
      `  ${rule}`,
      `    ${paint.bad('fails at')} ${failed}${bindings && paint.faint(`   ${bindings}`)}`,
    ]),
  ].join('\n')
}
