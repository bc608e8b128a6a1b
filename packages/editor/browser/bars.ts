/// <reference lib="dom" />
import { element } from './elements.ts'

/** Something to decide, above the text. Each `name` is there at most once. */
export interface Bars {
  readonly element: HTMLElement
  show(name: string, sentence: string, ...actions: readonly HTMLElement[]): void
  hide(name: string): void
}

export function createBars(): Bars {
  const place = element('div', { class: 'post-editor-bars' })
  const shown = new Map<string, HTMLElement>()
  const hide = (name: string) => {
    shown.get(name)?.remove()
    shown.delete(name)
  }
  return {
    element: place,
    show(name, sentence, ...actions) {
      hide(name)
      const bar = element(
        'div',
        { class: 'notice notice-warning post-editor-bar', role: 'alert' },
        element('p', {}, sentence),
        element('div', { class: 'row' }, ...actions),
      )
      shown.set(name, bar)
      place.append(bar)
    },
    hide,
  }
}
