import { stringify } from 'yaml'

/** `---`, what is known of a text, `---`. What is empty is left out. */
export function frontMatter(facts: Readonly<Record<string, unknown>>): string {
  const known = Object.entries(facts).filter(([, value]) => !isEmpty(value))
  const yaml = stringify(Object.fromEntries(known), { lineWidth: 0, version: '1.2' })
  return `---\n${yaml}---\n`
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || isEmptyCollection(value)
}

function isEmptyCollection(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === 0 &&
    !(value instanceof Date)
  )
}
