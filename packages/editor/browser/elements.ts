/// <reference lib="dom" />

/** An element with attributes and what is in it; text is text. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (string | Node)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}

/** A button that does something in the page. */
export function actionButton(label: string, looks: string, onClick: () => void): HTMLButtonElement {
  const button = element('button', { type: 'button', class: `button ${looks}` }, label)
  button.addEventListener('click', onClick)
  return button
}

/** 12:03, as the reader's own clock has it; with the day when it was another. */
export function shownTime(at: number): string {
  const moment = new Date(at)
  const time = moment.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
  const isToday = moment.toDateString() === new Date().toDateString()
  return isToday ? time : `${moment.toLocaleDateString([], { dateStyle: 'medium' })}, ${time}`
}
