/// <reference lib="dom" />
import type { Problem } from '@rose-ash/datalog'
import { element } from './elements.ts'

/** A textarea with numbered lines beside it. */
export interface Editor {
  readonly text: string
  /** As somebody's typing would, but without an event. */
  replace(text: string): void
  /** Marks the lines in which something is wrong. */
  mark(problems: readonly Problem[]): void
  /** Selects what a problem is about. */
  show(problem: Problem): void
}

export function createEditor(area: HTMLTextAreaElement, lines: HTMLElement): Editor {
  const bad = new Set<number>()

  function number(): void {
    const count = area.value.split('\n').length
    const numbers = Array.from({ length: count }, (_, index) => {
      const isBad = bad.has(index + 1)
      const name = isBad ? 'code-line code-line-bad' : 'code-line'
      return element('span', { class: name }, String(index + 1))
    })
    lines.replaceChildren(...numbers)
    follow()
  }

  function follow(): void {
    lines.scrollTop = area.scrollTop
  }

  area.addEventListener('input', number)
  area.addEventListener('scroll', follow)
  number()

  return {
    get text() {
      return area.value
    },
    replace(text) {
      area.value = text
      bad.clear()
      number()
    },
    mark(problems) {
      bad.clear()
      for (const { span } of problems) if (span) bad.add(span.line)
      if (bad.size > 0) area.setAttribute('aria-invalid', 'true')
      else area.removeAttribute('aria-invalid')
      number()
    },
    show({ span }) {
      area.focus()
      if (!span) return
      area.setSelectionRange(span.start, Math.max(span.end, span.start + 1))
      const height = area.scrollHeight / Math.max(1, area.value.split('\n').length)
      const top = (span.line - 1) * height
      if (top < area.scrollTop || top > area.scrollTop + area.clientHeight - 2 * height) {
        area.scrollTop = Math.max(0, top - area.clientHeight / 2)
      }
    },
  }
}
