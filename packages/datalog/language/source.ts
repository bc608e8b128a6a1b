import type { Value } from './syntax.ts'

/** Stands in the text where a template has a value. */
export const placeholder = '\uFFFC'

/** A text, and the values that stand in it as one U+FFFC each, by their offset. */
export interface Source {
  readonly text: string
  readonly values?: ReadonlyMap<number, Value>
}

/**
 * The parts of a tagged template as one text. Its strings are read raw, so that `\n` between quotes
 * is the escape of this language. `values` has one value fewer than there are strings.
 */
export function sourceOf(
  strings: TemplateStringsArray | readonly string[],
  values: readonly Value[],
): Source {
  const parts = 'raw' in strings ? strings.raw : strings
  const found = new Map<number, Value>()
  let text = parts[0] ?? ''
  for (const [index, value] of values.entries()) {
    found.set(text.length, value)
    text += placeholder + (parts[index + 1] ?? '')
  }
  return { text, values: found }
}
