import { hashRow, hashSeed, mix } from './hash.ts'

const fewest = 32
/** Of a hundred slots, so many may be taken. */
const mostTaken = 70

/** Key columns that stand beside the row number, so that most look-ups read one place of memory. */
const mostBeside = 2

/** Integers that a slot has for rows of so many columns. */
export function strideOf(arity: number): number {
  return 1 + Math.min(arity, mostBeside)
}

/** How many slots so many rows need: a power of two. */
export function slotsFor(rows: number): number {
  let count = fewest
  while (count * mostTaken < rows * 100) count *= 2
  return count
}

/** How many rows so many slots have room for. */
export function roomIn(count: number): number {
  return Math.floor((count * mostTaken) / 100)
}

/** Of the row in a slot. */
export function hashAt(
  slots: Int32Array,
  position: number,
  columns: readonly Int32Array[],
): number {
  const arity = columns.length
  if (arity > mostBeside) return hashRow(columns, (slots[position] as number) - 1)
  if (arity === 0) return hashSeed
  const hash = mix(hashSeed, slots[position + 1] as number)
  return arity === 1 ? hash : mix(hash, slots[position + 2] as number)
}

/** Moves entries, some of which may be empty, to slots that are, almost in the order in which they stand. */
export function moveEntries(
  entries: Int32Array,
  slots: Int32Array,
  columns: readonly Int32Array[],
): void {
  const stride = strideOf(columns.length)
  const mask = slots.length / stride - 1
  for (let at = 0; at < entries.length; at += stride) {
    if (entries[at] === 0) continue
    let target = (hashAt(entries, at, columns) & mask) * stride
    while (slots[target] !== 0) {
      target += stride
      if (target === slots.length) target = 0
    }
    slots[target] = entries[at] as number
    if (stride > 1) slots[target + 1] = entries[at + 1] as number
    if (stride > 2) slots[target + 2] = entries[at + 2] as number
  }
}
