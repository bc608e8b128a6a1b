const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  '"': '"',
  "'": "'",
  // What a JavaScript template needs a backslash for.
  '`': '`',
  $: '$',
  '{': '{',
}

const codePoint = /u\{([0-9a-fA-F]{1,6})\}/y

export interface Quoted {
  readonly value: string
  /** Just after the closing quote, or where the text ended without one. */
  readonly end: number
  readonly closed: boolean
  /** Escapes that mean nothing. */
  readonly wrong: readonly { readonly start: number; readonly end: number }[]
}

/** Reads quoted text that begins at `start`. It ends at its quote, or at the end of the line. */
export function readQuoted(text: string, start: number): Quoted {
  const quote = text[start]
  const wrong: { start: number; end: number }[] = []
  let value = ''
  let at = start + 1
  while (at < text.length) {
    const character = text[at]!
    if (character === quote) return { value, end: at + 1, closed: true, wrong }
    if (character === '\n' || character === '\r') break
    if (character !== '\\') {
      value += character
      at++
      continue
    }
    const escape = readEscape(text, at + 1)
    if (escape) value += escape.value
    else wrong.push({ start: at, end: Math.min(at + 2, text.length) })
    at = escape ? escape.end : at + 1
  }
  return { value, end: at, closed: false, wrong }
}

function readEscape(text: string, at: number) {
  const plain = escapes[text[at] ?? '']
  if (plain !== undefined) return { value: plain, end: at + 1 }
  codePoint.lastIndex = at
  const code = Number.parseInt(codePoint.exec(text)?.[1] ?? '', 16)
  if (!(code <= 0x10ffff)) return undefined
  return { value: String.fromCodePoint(code), end: codePoint.lastIndex }
}
