const word = /[\p{L}\p{N}]+/gu

/** The words of what somebody asked, as they stand in the index. */
export function wordsIn(text: string): readonly string[] {
  return (text.match(word) ?? []).map((found) => found.toLowerCase())
}

/**
 * `dark & ry:*`: all words, the last of which may go on. Undefined when the question has quotes or exclusions, or
 * does not end in a word of two letters at least.
 */
export function prefixQuery(text: string): string | undefined {
  if (/[-"]|\bor\b/i.test(text)) return undefined
  const words = wordsIn(text)
  const last = words.at(-1)
  if (!last || last.length < 2 || !/[\p{L}\p{N}]$/u.test(text.trimEnd())) return undefined
  return [...words.slice(0, -1), `${last}:*`].join(' & ')
}
