/// <reference lib="dom" />
import type { AnyRow, Delta } from '@rose-ash/datalog'
import { rowValues } from '@rose-ash/datalog/session/rows'
import { writeFact } from '@rose-ash/datalog/session/write'
import { element } from './elements.ts'
import { shownRows } from './limits.ts'

type Rows = Readonly<Record<string, readonly AnyRow[]>>

/** What a change added and removed, each with its sign, its colour and the word for it. */
export function showDelta({ added, removed }: Delta): HTMLElement[] {
  const gone = signed(removed, { sign: '−', word: 'removed' })
  const come = signed(added, { sign: '+', word: 'added' })
  const items = [...gone, ...come]
  if (items.length === 0) return [element('p', { class: 'small soft' }, 'Nothing changed.')]
  const counts = [
    ...(gone.length > 0 ? [`${gone.length} removed`] : []),
    ...(come.length > 0 ? [`${come.length} added`] : []),
  ]
  const shown = items.slice(0, shownRows)
  const rest = items.length - shown.length
  const more = rest > 0 ? element('li', { class: 'faint small' }, `${rest} more`) : undefined
  return [
    element('p', { class: 'small soft' }, `${counts.join(', ')}.`),
    element(
      'ul',
      { class: 'delta', role: 'list', tabindex: '0', 'aria-label': 'What changed' },
      ...shown,
      more,
    ),
  ]
}

function signed(rows: Rows, { sign, word }: { sign: string; word: string }): HTMLElement[] {
  return Object.entries(rows).flatMap(([relation, list]) =>
    list.map((row) =>
      element(
        'li',
        { class: `delta-${word}` },
        element('b', { 'aria-hidden': 'true' }, sign),
        element('code', {}, writeFact({ relation, row: rowValues(row) })),
        element('small', {}, word),
      ),
    ),
  )
}
