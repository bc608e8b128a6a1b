import { addAggregate, operatorsFor } from './random-aggregate.ts'
import {
  addArithmetic,
  addAtom,
  addBinding,
  addComparison,
  addNegation,
  type Body,
  headTerms,
} from './random-body.ts'
import { printAtom, type Shape } from './random-shapes.ts'
import type { Random } from './random.ts'

/** What a rule may read: `lower` in any way, `same` (what depends on the head too) only positively. */
export interface Readable {
  readonly lower: readonly Shape[]
  readonly same: readonly Shape[]
}

/** One rule for the head, safe and stratified. */
export function randomRule(random: Random, head: Shape, readable: Readable): string {
  const closure = random.chance(0.4) ? closureRule(random, head, readable) : undefined
  if (closure !== undefined) return closure
  for (let attempt = 0; attempt < 20; attempt++) {
    const body: Body = { random, literals: [], variables: new Map() }
    if (random.chance(0.12)) addWithoutAtoms(body, head, readable)
    else addJoin(body, head, readable)
    const terms = headTerms(body, head.kinds)
    if (terms !== undefined && body.literals.length > 0) {
      return `${printAtom(head.name, terms)} :- ${body.literals.join(', ')}.`
    }
  }
  return fallbackRule(head, readable)
}

/** What recursion mostly is: closure from the left, the right or both sides, and same generation. */
function closureRule(random: Random, head: Shape, { lower, same }: Readable): string | undefined {
  const isPair = ({ kinds }: Shape) =>
    kinds.length === 2 && kinds.every((kind, index) => kind === head.kinds[index])
  const edges = lower.filter(isPair)
  const loops = same.filter(isPair)
  if (!isPair(head) || head.kinds[0] !== head.kinds[1]) return undefined
  if (edges.length === 0 || head.kinds[0] === 'list') return undefined
  const edge = random.pick(edges).name
  if (loops.length === 0) return `${head.name}(X, Y) :- ${edge}(X, Y).`
  const loop = random.pick(loops).name
  const body = random.pick([
    `${loop}(X, Z), ${edge}(Z, Y)`,
    `${edge}(X, Z), ${loop}(Z, Y)`,
    `${loop}(X, Z), ${random.pick(loops).name}(Z, Y)`,
    `${edge}(Z, X), ${loop}(Z, W), ${random.pick(edges).name}(W, Y)`,
    `${loop}(Y, X)`,
  ])
  return `${head.name}(X, Y) :- ${body}.`
}

/** What holds on an empty database too: `p(a) :- not q.`, `total(N) :- N = count{ P : q(P) }.` */
function addWithoutAtoms(body: Body, head: Shape, { lower }: Readable): void {
  const { random } = body
  if (random.chance(0.3)) addBinding(body)
  addAggregates(body, head, { lower, chance: 0.6 })
  if (body.literals.length === 0 || random.chance(0.4)) addNegation(body, random.pick(lower))
}

function addJoin(body: Body, head: Shape, { lower, same }: Readable): void {
  const { random } = body
  const shapes = [
    ...(same.length > 0 ? [random.pick(same)] : []),
    // A relation twice in one body is where deltas are counted twice or lost.
    ...(same.length > 0 && random.chance(0.3) ? [random.pick(same)] : []),
    ...(same.length === 0 || random.chance(0.7) ? [random.pick(lower)] : []),
    ...(random.chance(0.35) ? [random.pick(lower)] : []),
  ]
  if (random.chance(0.15)) shapes.push(random.pick(shapes))
  if (random.chance(0.5)) shapes.reverse()
  for (const shape of shapes) addAtom(body, shape)
  if (random.chance(0.12)) addBinding(body)
  if (random.chance(0.15)) addArithmetic(body)
  addAggregates(body, head, { lower, chance: 0.2 })
  if (random.chance(0.2)) addNegation(body, random.pick(lower))
  if (random.chance(0.15)) addComparison(body)
}

function addAggregates(
  body: Body,
  head: Shape,
  { lower, chance }: { readonly lower: readonly Shape[]; readonly chance: number },
): void {
  const { random } = body
  const names = ['N', 'M']
  const wanted = head.kinds.filter((kind) => kind === 'list' || random.chance(chance))
  for (const [index, name] of names.entries()) {
    const kind = wanted[index]
    if (kind !== undefined) addAggregate(body, lower, { name, operators: operatorsFor(kind) })
  }
}

function fallbackRule(head: Shape, { lower }: Readable): string {
  const [source] = lower
  if (source === undefined) throw new Error('There is no relation to read.')
  const goal = printAtom(
    source.name,
    source.kinds.map((_kind, index) => (index === 0 ? 'P' : '_')),
  )
  const terms = head.kinds.map((kind) => (kind === 'list' ? 'L' : kind === 'text' ? 'a' : '1'))
  return `${printAtom(head.name, terms)} :- L = collect{ P : ${goal} }.`
}
