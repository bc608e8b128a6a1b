import { RE2JS } from 're2js'

/** Of a pattern and of what it becomes; nobody writes longer ones by hand. */
export const longestPattern = 500

/** A pattern that is ready to be tried: in time that grows with the path alone, whatever the pattern. */
export interface RedirectPattern {
  /** Where it leads, with `$1` filled in; undefined when it does not match. */
  apply(path: string, target: string): string | undefined
}

/**
 * As Ghost reads them: a regular expression anywhere in the path, `/…/i` without regard to case, and a slash at the
 * end may be there or not. Undefined when it is too long, or uses what cannot be done in linear time.
 */
export function compilePattern(pattern: string): RedirectPattern | undefined {
  if (pattern.length > longestPattern) return undefined
  const [, inner] = /^\/(.*)\/i$/s.exec(pattern) ?? []
  const bare = (inner ?? pattern)
    .replace(/\/\$$/, '')
    .replace(/(?<!\\)\$$/, '')
    .replace(/\/$/, '')
  try {
    const compiled = RE2JS.compile(`${bare}/?$`, inner === undefined ? 0 : RE2JS.CASE_INSENSITIVE)
    return {
      apply(path, target) {
        const matcher = compiled.matcher(path)
        if (!matcher.find()) return undefined
        return target.replace(/\$(\d)/g, (_whole, digit: string) => {
          const number = Number(digit)
          return number <= matcher.groupCount() ? (matcher.group(number) ?? '') : ''
        })
      },
    }
  } catch {
    return undefined
  }
}

/** Whether it has letters that mean something in a regular expression; a full stop alone is a file's ending. */
export function isPattern(from: string): boolean {
  return /[\\^$*+?()[\]{}|]/.test(from)
}
