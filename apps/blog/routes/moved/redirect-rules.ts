import { compilePattern } from '../../services/ghost/redirect-pattern.ts'

export interface RedirectRule {
  readonly pattern: string
  readonly target: string
  readonly permanent: boolean
}

export interface FoundMove {
  readonly toPath: string
  readonly permanent: boolean
}

/** Nobody's address is longer, and what is tried against every pattern should be short. */
const longestPath = 2000

/** Where the first pattern that matches leads. */
export function applyRules(rules: readonly RedirectRule[], path: string): FoundMove | undefined {
  if (path.length > longestPath) return undefined
  for (const { pattern, target, permanent } of rules) {
    // Making a pattern ready takes far longer than this.
    if (!mayMatch(pattern, path)) continue
    const toPath = compilePattern(pattern)?.apply(path, target)
    if (toPath !== undefined && isMeant(toPath, target)) return { toPath, permanent }
  }
  return undefined
}

/** False only when the plain beginning of the pattern is not in the path. */
export function mayMatch(pattern: string, path: string): boolean {
  if (pattern.includes('|') || /^\/.*\/i$/s.test(pattern)) return true
  const [, anchor, literal = '', next] = /^(\^?)([^\\^$.*+?()[\]{}]*)(.?)/s.exec(pattern) ?? []
  // What may be there or not is no part of the beginning; nor is a slash at the very end.
  const sure = (next && '*?{'.includes(next) ? literal.slice(0, -1) : literal).replace(/\/$/, '')
  return anchor ? path.startsWith(sure) : path.includes(sure)
}

const here = 'http://here.invalid'

/** A part of the path that was put in must not make it an address of somebody else's. */
function isMeant(toPath: string, target: string): boolean {
  const meant = /^https?:/i.test(target) ? URL.parse(target.replace(/\$\d/g, ''))?.origin : here
  return URL.parse(toPath, here)?.origin === meant
}
