import type { KvValue } from './kv-store.ts'

const isThere = 0

/** Values by number. `true`, which says no more than that a key is there, is the same number each time. */
export class ValueList {
  readonly #values: (KvValue | undefined)[] = [true]
  readonly #free: number[] = []

  get(number: number): KvValue {
    return this.#values[number] as KvValue
  }

  add(value: KvValue): number {
    if (value === true) return isThere
    const number = this.#free.pop() ?? this.#values.length
    this.#values[number] = value
    return number
  }

  remove(number: number): void {
    if (number === isThere) return
    this.#values[number] = undefined
    this.#free.push(number)
  }
}
