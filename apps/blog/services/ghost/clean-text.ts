const siteAddress = /__GHOST_URL__(?:\\?\/)?/g

/**
 * Text as PostgreSQL can store it, with the site's own addresses made root-relative:
 * `__GHOST_URL__/content/a.png` becomes `/content/a.png`. Also right for text that is JSON.
 */
export function cleanText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed().replace(siteAddress, '/')
}

/** Every text in a row. */
export function cleanRow(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      typeof value === 'string' ? cleanText(value) : value,
    ]),
  )
}

/** A value parsed from JSON in which escapes may have brought back what `cleanText` removes. */
export function cleanParsed<Value>(value: Value): Value {
  const json = JSON.stringify(value)
  if (!/\\u(0000|d[89a-f])/i.test(json)) return value
  return JSON.parse(json, (_key, part: unknown) =>
    typeof part === 'string' ? cleanText(part) : part,
  )
}
