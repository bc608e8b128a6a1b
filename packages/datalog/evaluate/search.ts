import type { Atom, Literal, Term } from '../language/syntax.ts'
import { Budget } from '../plan/budget.ts'
import { aritiesOf } from '../plan/dependence.ts'
import { Machine } from '../plan/machine.ts'
import { Normaliser } from '../plan/normalise.ts'
import type { Relation } from '../store/relation.ts'
import { isNew } from '../store/state.ts'
import type { Engine } from './engine.ts'
import { Network, partsOf } from './network.ts'

const fewRows = 64

/** Rows of a goal's relation that agree with its constants and repeated variables. */
export function searchAtom(engine: Engine, relation: Relation, { terms }: Atom): number[] {
  const known: { place: number; code: number }[] = []
  const twins: [number, number][] = []
  for (const [place, term] of terms.entries()) {
    if (term.kind === 'constant') {
      const code = engine.values.find(term.value)
      if (code === undefined) return []
      known.push({ place, code })
    } else if (term.name !== '_') {
      const first = terms.findIndex(
        (other) => other.kind === 'variable' && other.name === term.name,
      )
      if (first < place) twins.push([first, place])
    }
  }
  const agrees = (row: number) =>
    ((relation.state[row] as number) & isNew) !== 0 &&
    known.every(({ place, code }) => relation.columns[place]?.[row] === code) &&
    twins.every(([left, right]) => relation.columns[left]?.[row] === relation.columns[right]?.[row])
  const rows: number[] = []
  if (known.length === relation.arity) {
    for (const { place, code } of known) relation.key[place] = code
    const row = relation.find()
    return row >= 0 && agrees(row) ? [row] : []
  }
  if (known.length === 0 || relation.used <= fewRows) {
    for (let row = 0; row < relation.used; row += 1) if (agrees(row)) rows.push(row)
    return rows
  }
  const index = relation.indexOn(known.map(({ place }) => place))
  known.forEach(({ code }, place) => (index.key[place] = code))
  for (let row = index.first(); row >= 0; row = index.next[row] as number)
    if (agrees(row)) rows.push(row)
  return rows
}

/** How many those are. */
export function countAtom(engine: Engine, relation: Relation, atom: Atom): number {
  const names = atom.terms.map((term) => (term.kind === 'variable' ? term.name : ''))
  const isFree = (name: string, place: number) =>
    name === '_' || (name !== '' && names.indexOf(name) === place)
  return names.every(isFree) ? relation.size : searchAtom(engine, relation, atom).length
}

/** A relation of the answers to a conjunction: the values of `names`, and the network that keeps it. */
export function createView(
  engine: Engine,
  body: readonly Literal[],
  names: readonly string[],
): { answers: Relation; network: Network; normaliser: Normaliser } {
  // A relation that nobody has written to yet must be the one that they will write to.
  for (const [name, arity] of aritiesOf(body)) engine.getRelation(name, arity)
  const normaliser = new Normaliser(engine.values, { shared: engine.normaliser.relations })
  const span = body[0]?.span ?? { start: 0, end: 0, line: 1, column: 1 }
  const answers = normaliser.hidden('answers', names.length)
  const terms = names.map((name): Term => ({ kind: 'variable', name, span }))
  normaliser.addRule({ head: answers, terms, body, text: () => 'the query' })
  const machine = new Machine(engine.values, new Budget(normaliser.rules, engine.options))
  const network = new Network(partsOf(normaliser), { machine, compiles: engine.compiles })
  network.evaluate(true)
  network.commit()
  return { answers, network, normaliser }
}

/** Named variables of a conjunction, in order of their first occurrence; those local to an aggregate are not. */
export function namesOf(body: readonly Literal[]): string[] {
  const names = new Set<string>()
  const add = (term: { readonly kind: string; readonly name?: string }) => {
    if (term.kind === 'variable' && term.name !== undefined && term.name !== '_')
      names.add(term.name)
  }
  const addExpression = (expression: Extract<Literal, { kind: 'comparison' }>['left']) => {
    if (expression.kind === 'arithmetic') {
      addExpression(expression.left)
      addExpression(expression.right)
    } else add(expression)
  }
  for (const literal of body) {
    if (literal.kind === 'comparison') {
      addExpression(literal.left)
      addExpression(literal.right)
    } else if (literal.kind === 'aggregate') add(literal.result)
    else literal.atom.terms.forEach(add)
  }
  return [...names]
}
