/// <reference lib="dom" />
import type { Value } from '@rose-ash/datalog'
import type { Answers } from '@rose-ash/datalog/session/answers'
import type { Evaluation } from '@rose-ash/datalog/session/evaluation'
import type { Fact } from '@rose-ash/datalog/session/facts'
import type { RelationOverview } from '@rose-ash/datalog/session/overview'
import { writeFact } from '@rose-ash/datalog/session/write'
import { element } from './elements.ts'
import { shownRows } from './limits.ts'
import { showTable } from './show-table.ts'

export type ChooseFact = (fact: Fact, box: HTMLElement) => void

const kinds: Readonly<Record<RelationOverview['kind'], string>> = {
  asserted: 'asserted',
  counting: 'derived',
  recursive: 'derived, recursive',
  demand: 'on demand',
  external: 'from elsewhere',
}

/** The answers of the program's queries, then its relations. */
export function showEvaluation(
  { answers, relations }: Evaluation,
  onChoose: ChooseFact,
): HTMLElement[] {
  return [
    ...answers.map((answer) =>
      element(
        'section',
        { class: 'relation' },
        element('h3', { class: 'relation-name' }, element('code', {}, `?- ${answer.text}.`)),
        ...showAnswers(answer),
      ),
    ),
    ...relations.map((relation) => showRelation(relation, onChoose)),
  ]
}

/** A table and how many there are; yes or no for a question without variables. */
export function showAnswers({ text, columns, rows, holds, milliseconds }: Answers): HTMLElement[] {
  const count = columns.length === 0 ? (holds ? 'Yes' : 'No') : counted(rows.length, 'answer')
  const line = element('p', { class: 'faint small' }, `${count}, ${milliseconds.toFixed(1)} ms`)
  if (rows.length === 0) return [line]
  const shown = rows.slice(0, shownRows)
  const label = `Answers of ${text}`
  return [showTable({ label, columns, rows: shown, count: rows.length }), line]
}

function showRelation(relation: RelationOverview, onChoose: ChooseFact): HTMLElement {
  const { name, kind, count, columns, rows } = relation
  const factOf = (row: readonly Value[]) => ({ relation: name, row })
  const heading = element(
    'div',
    { class: 'row' },
    element('h3', { class: 'relation-name' }, element('code', {}, name)),
    element('span', { class: 'badge' }, counted(count, 'row')),
    element(
      'span',
      { class: kind === 'asserted' ? 'badge badge-ash' : 'badge badge-rose' },
      kinds[kind],
    ),
  )
  const section = element('section', { class: 'relation' }, heading)
  if (columns.length > 0 && count > 0) {
    section.append(
      showTable({
        label: `Rows of ${name}`,
        columns,
        rows,
        count,
        onChoose: (row, box) => onChoose(factOf(row), box),
        choiceLabel: (row) => `Why ${writeFact(factOf(row))}`,
      }),
    )
  } else if (count > 0) {
    const button = element(
      'button',
      { type: 'button', class: 'button button-quiet button-small' },
      'It holds: why?',
    )
    button.addEventListener('click', () => onChoose(factOf([]), button))
    section.append(button)
  }
  return section
}

export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-GB')} ${noun}${count === 1 ? '' : 's'}`
}
