/// <reference lib="dom" />
import { element } from './elements.ts'

export interface StatusLine {
  readonly element: HTMLElement
  /** Read out by screen readers when it is not the same as before. */
  say(sentence: string): void
  count(words: number): void
}

const wordsPerMinute = 275

/** How much is written, and whether it is safe. */
export function createStatusLine(): StatusLine {
  const sentence = element('p', {
    class: 'post-editor-saved',
    role: 'status',
    'aria-live': 'polite',
  })
  const counted = element('p', { class: 'post-editor-count' })
  return {
    element: element('div', { class: 'post-editor-status' }, sentence, counted),
    say(next) {
      if (sentence.textContent !== next) sentence.textContent = next
    },
    count(words) {
      const minutes = Math.max(1, Math.round(words / wordsPerMinute))
      const length = words === 1 ? '1 word' : `${words.toLocaleString()} words`
      counted.textContent = words === 0 ? '' : `${length}, ${minutes} min to read`
    },
  }
}
