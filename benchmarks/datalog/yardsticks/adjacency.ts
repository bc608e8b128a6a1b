import type { Pair, Pairs } from '../graphs.ts'

const none: ReadonlySet<number> = new Set()

/** Pairs from both sides, as maps of sets. */
export class Adjacency {
  readonly #targets = new Map<number, Set<number>>()
  readonly #sources = new Map<number, Set<number>>()

  constructor(pairs: Pairs = []) {
    for (const [from, to] of pairs) this.add(from, to)
  }

  targets(from: number): ReadonlySet<number> {
    return this.#targets.get(from) ?? none
  }

  sources(to: number): ReadonlySet<number> {
    return this.#sources.get(to) ?? none
  }

  has(from: number, to: number): boolean {
    return this.targets(from).has(to)
  }

  add(from: number, to: number): boolean {
    if (this.has(from, to)) return false
    put(this.#targets, from, to)
    put(this.#sources, to, from)
    return true
  }

  delete(from: number, to: number): void {
    this.#targets.get(from)?.delete(to)
    this.#sources.get(to)?.delete(from)
  }

  *pairs(): Generator<Pair> {
    for (const [from, targets] of this.#targets) for (const to of targets) yield [from, to]
  }
}

function put(map: Map<number, Set<number>>, key: number, value: number): void {
  const values = map.get(key)
  if (values) values.add(value)
  else map.set(key, new Set([value]))
}
