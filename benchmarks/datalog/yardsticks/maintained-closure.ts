import type { Pair, Pairs } from '../graphs.ts'
import { Adjacency } from './adjacency.ts'

/** `path` of `path(X, Y) :- edge(X, Y). path(X, Z) :- path(X, Y), edge(Y, Z).` under single edges, by DRed. */
export class MaintainedClosure {
  readonly edges = new Adjacency()
  readonly path = new Adjacency()

  constructor(edges: Pairs) {
    for (const [from, to] of edges) this.insert(from, to)
  }

  /** The paths that are new. */
  insert(from: number, to: number): readonly Pair[] {
    if (!this.edges.add(from, to)) return []
    const added: Pair[] = []
    const add = (first: number, second: number) => {
      if (this.path.add(first, second)) added.push([first, second])
    }
    const before = [...this.path.sources(from)]
    add(from, to)
    for (const first of before) add(first, to)
    // An array gives what is pushed while it is read.
    for (const [first, middle] of added) {
      for (const last of this.edges.targets(middle)) add(first, last)
    }
    return added
  }

  /** The paths that are gone. */
  retract(from: number, to: number): readonly Pair[] {
    if (!this.edges.has(from, to)) return []
    const marked = new Adjacency()
    const doubtful: Pair[] = []
    const mark = (first: number, second: number) => {
      if (this.path.has(first, second) && marked.add(first, second)) doubtful.push([first, second])
    }
    mark(from, to)
    for (const first of this.path.sources(from)) mark(first, to)
    for (const [first, middle] of doubtful) {
      for (const last of this.edges.targets(middle)) mark(first, last)
    }
    this.edges.delete(from, to)
    for (const [first, last] of doubtful) this.path.delete(first, last)
    this.#rederive(doubtful)
    return doubtful.filter(([first, last]) => !this.path.has(first, last))
  }

  #rederive(doubtful: readonly Pair[]): void {
    const restored = doubtful.filter(([first, last]) => this.#isSupported(first, last))
    for (const [first, last] of restored) this.path.add(first, last)
    for (const [first, middle] of restored) {
      for (const last of this.edges.targets(middle)) {
        if (this.path.add(first, last)) restored.push([first, last])
      }
    }
  }

  #isSupported(first: number, last: number): boolean {
    if (this.edges.has(first, last)) return true
    for (const middle of this.edges.sources(last)) {
      if (this.path.has(first, middle)) return true
    }
    return false
  }
}
