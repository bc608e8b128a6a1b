import type { ExternalRelation } from '../contract.ts'
import { checkProgram, inOrder } from '../language/check.ts'
import { DatalogError, type Problem } from '../language/errors.ts'
import type { Clause, Program } from '../language/syntax.ts'
import { aritiesOf, relationsOf } from '../plan/dependence.ts'
import { fail } from './rows.ts'

/** All rules there are, and which of them are kept up to date. */
export interface RuleBook {
  readonly clauses: readonly Clause[]
  /** Those of materialised relations. */
  readonly kept: readonly Clause[]
  readonly materialised: ReadonlySet<string>
  /** Relations that have rules and are worked out when they are asked. */
  readonly asked: ReadonlySet<string>
  readonly arities: ReadonlyMap<string, number>
}

export interface BookOptions {
  /** What was wrong with the program's syntax: told together with the rest. */
  readonly unread: readonly Problem[]
  /** From the schema. */
  readonly arities: ReadonlyMap<string, number>
  /** Only relations of the schema and heads of rules exist. */
  readonly isClosed: boolean
  readonly demand: ReadonlySet<string>
  readonly externals: ReadonlyMap<string, ExternalRelation>
}

/** Adds a program's rules. Throws one DatalogError with all that is wrong. */
export function extendBook(book: RuleBook, program: Program, options: BookOptions): RuleBook {
  const { unread, arities, isClosed, demand, externals } = options
  const known = new Map([
    ...arities,
    ...[...externals].map(([name, { arity }]) => [name, arity] as const),
    ...book.arities,
  ])
  const checked = checkProgram(program, {
    arities: known,
    clauses: book.clauses,
    // A relation whose rules could not be read is not unknown.
    closed: isClosed && unread.length === 0,
  })
  const problems = inOrder([...unread, ...checked])
  if (problems.length > 0) throw new DatalogError(problems)
  const written = program.clauses.find(({ head }) => externals.has(head.relation))
  if (written)
    throw fail('usage', `${written.head.relation} is external: its rows are elsewhere.`, '')
  const clauses = [...book.clauses, ...program.clauses.filter(({ body }) => body.length > 0)]
  const materialised = findMaterialised(clauses, demand)
  const heads = new Set(clauses.map(({ head }) => head.relation))
  const asked = new Set([...heads].filter((name) => !materialised.has(name)))
  const kept = clauses.filter(({ head }) => materialised.has(head.relation))
  for (const clause of kept)
    for (const name of relationsOf(clause.body))
      if (externals.has(name))
        throw fail(
          'usage',
          `${clause.head.relation} is materialised and reads ${name}, which is external and tells of no change.`,
          `Put ${clause.head.relation} on demand.`,
        )
  return { clauses, kept, materialised, asked, arities: addArities(book.arities, program.clauses) }
}

/** Whatever is not on demand, and what that reads. */
function findMaterialised(clauses: readonly Clause[], demand: ReadonlySet<string>): Set<string> {
  const bodies = new Map<string, Set<string>>()
  for (const clause of clauses) {
    const names = bodies.get(clause.head.relation) ?? new Set()
    for (const name of relationsOf(clause.body)) names.add(name)
    bodies.set(clause.head.relation, names)
  }
  const found = new Set<string>()
  const open = [...bodies.keys()].filter((name) => !demand.has(name))
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name) || !bodies.has(name)) continue
    found.add(name)
    open.push(...(bodies.get(name) ?? []))
  }
  return found
}

function addArities(
  known: ReadonlyMap<string, number>,
  clauses: readonly Clause[],
): Map<string, number> {
  const arities = new Map(known)
  for (const { head, body } of clauses) {
    arities.set(head.relation, head.terms.length)
    for (const [name, arity] of aritiesOf(body)) arities.set(name, arity)
  }
  return arities
}
