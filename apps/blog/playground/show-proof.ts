/// <reference lib="dom" />
import type { Proof, WhyNot } from '@rose-ash/datalog'
import { failureLines, proofLine, type ProofLine } from '@rose-ash/datalog/session/proof-line'
import { rowValues } from '@rose-ash/datalog/session/rows'
import { writeFact } from '@rose-ash/datalog/session/write'
import { element } from './elements.ts'

/** Deeper branches are there, but closed. */
const openDepth = 5

const marks: Readonly<Record<ProofLine['kind'], string>> = {
  derived: '',
  asserted: 'badge badge-ash',
  not: 'badge badge-warn',
  aggregate: 'badge badge-rose',
}

/** A tree: each fact over those it follows from, and each branch can be closed. */
export function showProof(proof: Proof): HTMLElement {
  return element('ul', { class: 'proof', role: 'list' }, branch(proof, 0))
}

function branch(proof: Proof, depth: number): HTMLElement {
  const { text, reason, kind, children } = proofLine(proof)
  const fact = element('code', { class: 'proof-fact' }, text)
  if (kind !== 'derived') {
    const mark = element('span', { class: marks[kind] }, reason)
    return element('li', {}, element('div', { class: 'proof-leaf' }, fact, mark))
  }
  const rule = element('code', { class: 'proof-rule' }, reason)
  const details = element('details', {}, element('summary', {}, fact), rule)
  details.open = depth < openDepth
  // A tall tree is made as far as it is looked at.
  const grow = () => {
    if (!details.open || details.querySelector(':scope > ul')) return
    const branches = children.map((child) => branch(child, depth + 1))
    details.append(element('ul', { role: 'list' }, ...branches))
  }
  details.addEventListener('toggle', grow)
  grow()
  return element('li', {}, details)
}

/** Of each rule that could have given the fact, where it failed. */
export function showWhyNot(whyNot: WhyNot): HTMLElement {
  const failures = failureLines(whyNot)
  const fact = element(
    'code',
    {},
    writeFact({ relation: whyNot.relation, row: rowValues(whyNot.row) }),
  )
  const says =
    failures.length === 0
      ? ` is not asserted, and no rule gives ${whyNot.relation}.`
      : ' is not asserted, and no rule gives it:'
  return element(
    'div',
    { class: 'stack-small' },
    element('p', {}, fact, says),
    element(
      'ul',
      { class: 'why-not', role: 'list' },
      ...failures.map(({ rule, failed, bindings }) =>
        element(
          'li',
          {},
          element('code', { class: 'proof-rule' }, rule),
          element(
            'p',
            {},
            element('span', { class: 'badge badge-bad' }, 'fails at'),
            ' ',
            element('code', {}, failed),
          ),
          bindings ? element('p', { class: 'faint small' }, `with ${bindings}`) : undefined,
        ),
      ),
    ),
  )
}
