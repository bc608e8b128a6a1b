/// <reference lib="dom" />

/** Where Koenig's controls have a picture and no name, by what they are found by. */
const names: readonly (readonly [selector: string, name: string])[] = [
  ['[data-kg="editor"] > [contenteditable]', 'Text of the post'],
  ['[data-testid$="-error-close"]', 'Close'],
]

/** Buttons without any words, by the card or part that they stand in. */
const places: readonly (readonly [selector: string, name: string])[] = [
  ['[data-kg-card="callout"]', 'Choose an emoji'],
  ['[data-kg-card="gallery"]', 'Remove the picture'],
  ['[data-kg-card="image"]', 'Choose a picture'],
  ['[data-kg-card="video"]', 'Film: play or choose'],
  ['[data-kg-card="audio"]', 'Sound: play or choose'],
  ['[data-kg-card="file"]', 'Choose a file'],
  ['[data-kg-card="toggle"]', 'Open or close'],
  ['[data-kg-card="product"]', 'Product: picture or stars'],
  ['[data-kg-card]', 'Card'],
  ['*', 'Editor'],
]

/** Gives accessible names to what lacks them, now and as it appears. Returns how to stop. */
export function keepNamed(element: HTMLElement): () => void {
  let isWaiting = false
  const observer = new MutationObserver(() => {
    if (isWaiting) return
    isWaiting = true
    requestAnimationFrame(() => {
      isWaiting = false
      nameAll(element)
    })
  })
  observer.observe(element, { childList: true, subtree: true })
  return () => observer.disconnect()
}

function nameAll(element: HTMLElement): void {
  for (const [selector, name] of names) {
    for (const found of element.querySelectorAll(selector)) setName(found, name)
  }
  for (const button of element.querySelectorAll('button:not([aria-label])')) {
    if (button.textContent?.trim()) continue
    const place = places.find(([selector]) => button.closest(selector))
    setName(button, button.getAttribute('title') ?? place?.[1] ?? 'Editor')
  }
  for (const input of element.querySelectorAll(
    'input:not([aria-label]), textarea:not([aria-label])',
  )) {
    if (input instanceof HTMLInputElement && input.labels?.length) continue
    const name = input.getAttribute('placeholder') ?? input.getAttribute('name')
    if (name) setName(input, name)
  }
}

function setName(element: Element, name: string): void {
  if (element.getAttribute('aria-label') !== name) element.setAttribute('aria-label', name)
}
