import type { Value } from './syntax.ts'

/** Deeper lists than anything real, and no danger to the stack. */
const maxDepth = 200

/** Text, a finite number (a whole one within the safe integers), or a list of values. */
export function isValue(value: unknown, depth = 0): value is Value {
  if (typeof value === 'string') return true
  if (typeof value === 'number') return isNumberValue(value)
  if (!Array.isArray(value) || depth > maxDepth) return false
  return value.every((part) => isValue(part, depth + 1))
}

export function isNumberValue(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
}

/** Minus zero is zero. */
export function normalNumber(value: number): number {
  return value === 0 ? 0 : value
}
