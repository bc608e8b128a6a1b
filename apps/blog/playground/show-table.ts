/// <reference lib="dom" />
import type { Value } from '@rose-ash/datalog'
import { writeValue } from '@rose-ash/datalog/session/write'
import { element } from './elements.ts'

export interface Table {
  /** Says what the box holds, for those who cannot see it. */
  readonly label: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Value[])[]
  /** How many there are, shown or not. */
  readonly count: number
  /** Makes each row one that can be chosen. */
  readonly onChoose?: (row: readonly Value[], box: HTMLElement) => void
  readonly choiceLabel?: (row: readonly Value[]) => string
}

/** A table in a box that scrolls by itself. */
export function showTable(table: Table): HTMLElement {
  const { label, columns, rows, count, onChoose } = table
  const isNumeric = columns.map((_, column) => rows.every((row) => typeof row[column] === 'number'))
  const classOf = (column: number) => (isNumeric[column] ? 'number' : undefined)
  const head = columns.map((name, column) =>
    element('th', { scope: 'col', class: classOf(column) }, name),
  )
  const body = rows.map((row) => {
    const cells = row.map((value, column) =>
      element(
        'td',
        { class: classOf(column) },
        column === 0 && onChoose ? choice(table, row) : writeValue(value),
      ),
    )
    return element('tr', onChoose ? { class: 'fact-row' } : {}, ...cells)
  })
  const box = element(
    'div',
    { class: 'table-wrap fact-table', tabindex: '0', role: 'region', 'aria-label': label },
    element(
      'table',
      { class: 'table' },
      element('thead', {}, element('tr', {}, ...head)),
      element('tbody', {}, ...body),
    ),
  )
  for (const [index, row] of rows.entries()) {
    body[index]?.addEventListener('click', () => onChoose?.(row, box))
  }
  const rest = count - rows.length
  const more = rest > 0 ? element('p', { class: 'faint small' }, `${rest} more`) : undefined
  return element('div', { class: 'stack-small' }, box, more)
}

/** The click is the row's; the button makes it one of the keyboard too. */
function choice({ choiceLabel }: Table, row: readonly Value[]): HTMLElement {
  const [first = ''] = row
  return element(
    'button',
    { type: 'button', class: 'fact-button', 'aria-label': choiceLabel?.(row) },
    writeValue(first),
  )
}
