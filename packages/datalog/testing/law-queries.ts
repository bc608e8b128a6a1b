import { parseProgram } from '../language/parser.ts'
import type { LawState } from './law-state.ts'
import { answer, type RelationRows, type Rows } from './naive.ts'
import { addAggregate } from './random-aggregate.ts'
import { addAtom, addComparison, addNegation, type Body } from './random-body.ts'
import { printAtom, printValue, randomValue, type Shape } from './random-shapes.ts'
import type { Random } from './random.ts'
import { describeDifference } from './row-sets.ts'

/** Asks one goal of each relation, and a few conjunctions, stored and on demand. */
export function checkQueries(state: LawState): string | undefined {
  const { random, program } = state
  const goals = program.shapes.map((shape) => randomGoal(random, shape))
  const conjunctions = Array.from({ length: 3 }, () => randomConjunction(random, program.shapes))
  for (const text of [...goals, ...conjunctions]) {
    const expected = expectedAnswer(text, state.expected)
    for (const demand of [false, true]) {
      const rows = state.db.query(text, { demand }) as Rows
      const what = `?- ${text}${demand ? ' on demand' : ''}`
      const difference = describeDifference(what, rows, expected)
      if (difference !== undefined) return difference
    }
  }
  return undefined
}

/** Whole rows for a goal, the values of the variables for a conjunction. */
export function expectedAnswer(text: string, expected: RelationRows): Rows {
  const body = parseProgram(`?- ${text}.`).queries[0]!.body
  const [first] = body
  if (body.length > 1 || first?.kind !== 'atom') return answer(body, expected)
  const { relation, terms } = first.atom
  const columns = terms.map((term, index) =>
    term.kind === 'variable' && term.name === '_' ? { ...term, name: `Any${index}` } : term,
  )
  const names = columns.flatMap((term) => (term.kind === 'variable' ? [term.name] : []))
  const solutions = answer([{ ...first, atom: { ...first.atom, terms: columns } }], expected)
  const order = [...new Set(names)]
  const rows = solutions.map((solution) =>
    columns.map((term) =>
      term.kind === 'constant' ? term.value : solution[order.indexOf(term.name)]!,
    ),
  )
  return expected.has(relation) ? rows : []
}

export function randomGoal(random: Random, { name, kinds }: Shape): string {
  const terms = kinds.map((kind) => {
    if (random.chance(0.1)) return '_'
    if (kind === 'list' || random.chance(0.5)) return random.pick(['X', 'X', 'Y', 'Z'])
    return random.chance(0.05) ? 'nowhere' : printValue(randomValue(random, kind))
  })
  return printAtom(name, terms)
}

export function randomConjunction(random: Random, shapes: readonly Shape[]): string {
  const body: Body = { random, literals: [], variables: new Map() }
  addAtom(body, random.pick(shapes))
  addAtom(body, random.pick(shapes))
  if (random.chance(0.3)) addNegation(body, random.pick(shapes))
  if (random.chance(0.2)) addComparison(body)
  const operators = ['count', 'min', 'max'] as const
  if (random.chance(0.2)) addAggregate(body, shapes, { name: 'N', operators })
  return body.literals.join(', ')
}
