/** One a comma; empty ones and doubles are left out. */
export function splitNames(list: string): readonly string[] {
  const names = list
    .split(',')
    .map((name) => name.replaceAll(/\s+/g, ' ').trim().slice(0, 191))
    .filter((name) => name !== '')
  const seen = new Set<string>()
  return names.filter((name) => {
    const key = name.toLowerCase()
    return !seen.has(key) && seen.add(key)
  })
}
