import { DatalogError } from '../language/errors.ts'
import type { Value } from '../language/syntax.ts'
import { TextTable } from './text-table.ts'

const smallest = -(2 ** 30)
const largest = 2 ** 30 - 1
const fewest = 512

/**
 * Values as 32-bit codes. An even code is an integer, shifted by one bit; an odd one is the number of an
 * entry in a table of text, of other numbers and of lists. Equal values have equal codes.
 */
export class Values {
  readonly #values: (Value | undefined)[] = []
  readonly #texts = new TextTable(this.#values)
  readonly #numberIds = new Map<number, number>()
  readonly #listIds = new Map<string, number>()
  /** Of each list, the codes it was made of. */
  readonly #listCodes = new Map<number, readonly number[]>()
  readonly #free: number[] = []
  #newSinceSweep = 0

  /** Entries in use. */
  get size(): number {
    return this.#values.length - this.#free.length
  }

  /** Throws a DatalogError with code `value` for what is not a value. */
  encode(value: Value): number {
    if (typeof value === 'number') {
      if (value >= smallest && value <= largest && Number.isInteger(value)) return value << 1
      return this.#encodeNumber(checkNumber(value))
    }
    if (typeof value === 'string') return this.#encodeText(value)
    if (Array.isArray(value)) return this.encodeList(value.map((item: Value) => this.encode(item)))
    throw new DatalogError([
      {
        code: 'value',
        message: `${describe(value)} is not a value.`,
        hint: 'Values are text and numbers.',
      },
    ])
  }

  encodeList(codes: readonly number[]): number {
    const key = codes.join()
    const found = this.#listIds.get(key)
    if (found !== undefined) return found * 2 + 1
    const id = this.#allocate(Object.freeze(codes.map((code) => this.decode(code))))
    this.#listIds.set(key, id)
    this.#listCodes.set(id, codes)
    return id * 2 + 1
  }

  /** The code of a value that some row may hold; undefined when none can. Adds nothing. */
  find(value: Value): number | undefined {
    if (
      typeof value === 'number' &&
      value >= smallest &&
      value <= largest &&
      Number.isInteger(value)
    )
      return value << 1
    let id: number | undefined
    if (typeof value === 'string') {
      id = this.#texts.find(value)
      return id < 0 ? undefined : id * 2 + 1
    }
    if (typeof value === 'number') id = this.#numberIds.get(value)
    else {
      const codes = value.map((item) => this.find(item))
      if (!codes.includes(undefined)) id = this.#listIds.get(codes.join())
    }
    return id === undefined ? undefined : id * 2 + 1
  }

  decode(code: number): Value {
    if ((code & 1) === 0) return code >> 1
    return this.#values[code >> 1] as Value
  }

  /** Numbers before text before lists; text by UTF-16 unit, lists by their items. */
  compare(left: number, right: number): number {
    if (((left | right) & 1) === 0) return left - right
    return compareValues(this.decode(left), this.decode(right))
  }

  /** Whether there is so much that looking for what no cell holds any more is worth it. */
  isSweepDue(cellCount: number): boolean {
    const added = this.#newSinceSweep
    return (
      added > Math.max(fewest, (this.size - added) * 2, cellCount / 16) ||
      this.size > cellCount * 2 + fewest
    )
  }

  /** Frees every entry that `mark` does not call `keep` for. */
  sweep(mark: (keep: (code: number) => void) => void): void {
    const kept = new Uint8Array(this.#values.length)
    const keep = (code: number) => {
      if ((code & 1) === 0 || kept[code >> 1] === 1) return
      kept[code >> 1] = 1
      this.#listCodes.get(code >> 1)?.forEach(keep)
    }
    mark(keep)
    this.#newSinceSweep = 0
    for (let id = 0; id < kept.length; id += 1) if (kept[id] === 0) this.#release(id)
  }

  #encodeText(text: string): number {
    const found = this.#texts.find(text)
    if (found >= 0) return found * 2 + 1
    const id = this.#allocate(text)
    this.#texts.add(text, id)
    return id * 2 + 1
  }

  #encodeNumber(number: number): number {
    const found = this.#numberIds.get(number)
    if (found !== undefined) return found * 2 + 1
    const id = this.#allocate(number)
    this.#numberIds.set(number, id)
    return id * 2 + 1
  }

  #allocate(value: Value): number {
    this.#newSinceSweep += 1
    const id = this.#free.pop() ?? this.#values.length
    this.#values[id] = value
    return id
  }

  #release(id: number): void {
    const value = this.#values[id]
    if (value === undefined) return
    if (typeof value === 'string') this.#texts.remove(value)
    else if (typeof value === 'number') this.#numberIds.delete(value)
    else {
      this.#listIds.delete((this.#listCodes.get(id) ?? []).join())
      this.#listCodes.delete(id)
    }
    this.#values[id] = undefined
    this.#free.push(id)
  }
}

/** Integers must be safe; -0 is 0. Throws a DatalogError with code `value`. */
function checkNumber(value: number): number {
  if (value === 0) return 0
  if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value)))
    return value
  const hint = Number.isFinite(value) ? 'Integers are exact up to 9007199254740991.' : ''
  throw new DatalogError([{ code: 'value', message: `${value} is not a value.`, hint }])
}

export function compareValues(left: Value, right: Value): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left === 'string' && typeof right === 'string')
    return left < right ? -1 : left > right ? 1 : 0
  if (typeof left !== 'object' || typeof right !== 'object') return kindOf(left) - kindOf(right)
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const order = compareValues(left[index] as Value, right[index] as Value)
    if (order !== 0) return order
  }
  return left.length - right.length
}

function kindOf(value: Value): number {
  return typeof value === 'number' ? 0 : typeof value === 'string' ? 1 : 2
}

function describe(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'object' || typeof value === 'function') return 'An object'
  return typeof value === 'symbol' ? 'A symbol' : `${value as boolean | undefined}`
}
