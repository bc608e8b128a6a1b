import { checkArity } from './arity.ts'
import type { Problem } from './errors.ts'
import { parse } from './parser.ts'
import { checkSafety } from './safety.ts'
import { checkStrata } from './stratification.ts'
import type { Atom, Clause, Literal, Program } from './syntax.ts'
import { checkKnown } from './unknown-relations.ts'
import { flattenBody } from './variables.ts'

/** What is there before a program is added. */
export interface Surroundings {
  readonly arities?: ReadonlyMap<string, number>
  /** Checked before; only what they do together with the new ones is looked at. */
  readonly clauses?: readonly Clause[]
  /** There are no relations but those of `arities` and the heads of clauses. */
  readonly closed?: boolean
}

/** All that is wrong with a program beyond its syntax, in the order of its text. */
export function checkProgram(
  program: Program,
  surroundings: Surroundings = {},
): readonly Problem[] {
  const { clauses, queries } = program
  const { clauses: known = [] } = surroundings
  const parts = [...clauses, ...queries].toSorted((one, other) => one.span.start - other.span.start)
  const problems = [
    ...clauses.flatMap(({ head, body }) => checkSafety(head, body)),
    ...queries.flatMap(({ body }) => checkSafety(undefined, body)),
    ...checkAtoms(
      parts.flatMap((part) => [...('head' in part ? [part.head] : []), ...atomsOf(part.body)]),
      { ...surroundings, clauses: [...known, ...clauses], added: clauses },
    ),
    ...checkStrata(clauses, known),
  ]
  return inOrder(problems)
}

/** The same for the body of a question. */
export function checkGoals(
  body: readonly Literal[],
  surroundings: Surroundings = {},
): readonly Problem[] {
  return [...checkSafety(undefined, body), ...checkAtoms(atomsOf(body), surroundings)]
}

/** Syntax and all checks of a program's text. Nothing is thrown. */
export function checkText(text: string, surroundings: Surroundings = {}): readonly Problem[] {
  const { program, problems } = parse({ text })
  return inOrder([...problems, ...checkProgram(program, surroundings)])
}

/** As they stand in the text. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((one, other) => (one.span?.start ?? 0) - (other.span?.start ?? 0))
}

function checkAtoms(
  atoms: readonly Atom[],
  {
    arities = new Map(),
    clauses = [],
    closed,
    added,
  }: Surroundings & { added?: readonly Clause[] },
): readonly Problem[] {
  const before = added ? clauses.slice(0, clauses.length - added.length) : clauses
  const problems = checkArity(atoms, { arities, clauses: before })
  if (!closed) return problems
  const known = new Set([...arities.keys(), ...clauses.map(({ head }) => head.relation)])
  return [...problems, ...checkKnown(atoms, known)]
}

function atomsOf(body: readonly Literal[]): readonly Atom[] {
  return flattenBody(body).flatMap((literal) =>
    literal.kind === 'comparison' ? [] : [literal.atom],
  )
}
