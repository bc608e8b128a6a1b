/** Colours of a terminal; each gives the text back as it is where there are none. */
export interface Paint {
  readonly good: (text: string) => string
  readonly bad: (text: string) => string
  readonly accent: (text: string) => string
  readonly faint: (text: string) => string
  readonly strong: (text: string) => string
}

export function createPaint(isColoured: boolean): Paint {
  const style = (on: number, off: number) => (text: string) =>
    isColoured && text !== '' ? `\u001B[${on}m${text}\u001B[${off}m` : text
  return {
    good: style(32, 39),
    bad: style(31, 39),
    accent: style(36, 39),
    faint: style(2, 22),
    strong: style(1, 22),
  }
}
