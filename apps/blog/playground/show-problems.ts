/// <reference lib="dom" />
import type { Problem } from '@rose-ash/datalog'
import { element } from './elements.ts'

/** A list of what is wrong; with `onChoose`, each leads to its place. */
export function showProblems(
  problems: readonly Problem[],
  onChoose?: (problem: Problem) => void,
): HTMLElement[] {
  return problems.map((problem) => {
    const { code, message, hint, span } = problem
    const place = span ? `${span.line}:${span.column}` : ''
    const head = [
      element('span', { class: 'problem-place' }, [place, code].filter(Boolean).join(' ')),
      element('span', { class: 'problem-message' }, message),
    ]
    const button = element('button', { type: 'button', class: 'problem-button' }, ...head)
    button.addEventListener('click', () => onChoose?.(problem))
    const heading = onChoose && span ? button : element('p', {}, ...head)
    const advice = hint ? element('p', { class: 'problem-hint' }, hint) : undefined
    return element('li', { class: 'problem' }, heading, advice)
  })
}
