import type { Problem } from './errors.ts'
import { formatLiteral } from './format-clause.ts'
import { stronglyConnected } from './strata.ts'
import type { Clause, Literal } from './syntax.ts'

interface Edge {
  readonly from: number
  readonly to: number
  /** `not`, or the aggregate's operator; undefined for a plain dependence. */
  readonly through: string | undefined
  readonly literal: Literal
  readonly isNew: boolean
}

/** More of a cycle than this is not shown. */
const maxShown = 12

/**
 * One problem for each component of relations that depends on its own negation or aggregate. Places are in
 * `added`, as `known` clauses come from other texts.
 */
export function checkStrata(
  added: readonly Clause[],
  known: readonly Clause[],
): readonly Problem[] {
  const { names, edges } = createGraph(added, known)
  const from: Edge[][] = names.map(() => [])
  for (const edge of edges) from[edge.from]!.push(edge)
  const componentOf = new Int32Array(names.length)
  const components = stronglyConnected(names.length, (node) => from[node]!.map(({ to }) => to))
  for (const [index, nodes] of components.entries()) {
    for (const node of nodes) componentOf[node] = index
  }
  const inside = edges.filter(({ from, to }) => componentOf[from] === componentOf[to])
  const reported = new Map<number, Edge>()
  for (const edge of inside) {
    const component = componentOf[edge.from]!
    if (edge.through && !reported.has(component)) reported.set(component, edge)
  }
  return [...reported].map(([component, edge]) => {
    const isInside = (node: number) => componentOf[node] === component
    const cycle = [edge, ...findPath(edge, (node) => from[node]!.filter(({ to }) => isInside(to)))]
    return describe(cycle, { names, newest: inside.find((one) => one.isNew && isInside(one.from)) })
  })
}

function createGraph(added: readonly Clause[], known: readonly Clause[]) {
  const numbers = new Map<string, number>()
  const edges: Edge[] = []
  function numberOf(name: string): number {
    const found = numbers.get(name)
    if (found !== undefined) return found
    numbers.set(name, numbers.size)
    return numbers.size - 1
  }
  function add({ head, body }: Clause, isNew: boolean): void {
    const from = numberOf(head.relation)
    for (const literal of body) {
      if (literal.kind === 'comparison') continue
      const inner = literal.kind === 'aggregate' ? literal.body : [literal]
      const through = literal.kind === 'atom' ? undefined : nameOf(literal)
      for (const one of inner) {
        if (one.kind === 'comparison') continue
        edges.push({ from, to: numberOf(one.atom.relation), through, literal, isNew })
      }
    }
  }
  for (const clause of added) add(clause, true)
  for (const clause of known) add(clause, false)
  return { names: [...numbers.keys()], edges }
}

function nameOf(literal: Literal): string {
  return literal.kind === 'aggregate' ? literal.operator : 'not'
}

/** The shortest way from where an edge ends to where it begins. */
function findPath({ from, to }: Edge, edgesOf: (node: number) => readonly Edge[]): readonly Edge[] {
  const reachedBy = new Map<number, Edge>()
  const open = [to]
  for (const node of open) {
    if (node === from) break
    for (const edge of edgesOf(node)) {
      if (edge.to === to || reachedBy.has(edge.to)) continue
      reachedBy.set(edge.to, edge)
      open.push(edge.to)
    }
  }
  const path: Edge[] = []
  for (let node = from; node !== to;) {
    const edge = reachedBy.get(node)
    if (!edge) break
    path.push(edge)
    node = edge.from
  }
  return path.toReversed()
}

interface Description {
  readonly names: readonly string[]
  readonly newest: Edge | undefined
}

function describe(cycle: readonly Edge[], { names, newest }: Description): Problem {
  const edge = cycle[0]!
  const head = names[edge.from]!
  const what = edge.through === 'not' ? 'negation' : `${edge.through} of itself`
  const steps = cycle.map(({ through, to }) => `${through ? `-${through}->` : '->'} ${names[to]}`)
  const shown =
    steps.length > maxShown
      ? [...steps.slice(0, maxShown / 2), '-> ...', ...steps.slice(-maxShown / 2)]
      : steps
  const depends = edge.through === 'not' ? `its own ${what}` : `a ${what}`
  const text = formatLiteral(edge.literal)
  return {
    code: 'unstratified',
    message: `${head} depends on ${depends}: ${[head, ...shown].join(' ')}.`,
    hint: `Break the cycle, for instance at ${text} in the rule of ${head}: let it read a relation that does not depend on ${head}.`,
    span: (edge.isNew ? edge : (newest ?? edge)).literal.span,
  }
}
