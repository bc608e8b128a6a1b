import type { ExternalRelation, PreparedQuery } from '../contract.ts'
import type { Engine } from '../evaluate/engine.ts'
import { DatalogError, type Problem } from '../language/errors.ts'
import { formatProgram } from '../language/format.ts'
import type { Source } from '../language/parser.ts'
import type { Clause, Program } from '../language/syntax.ts'
import { checkTypes } from './column-types.ts'
import { GoalReader, type Goals, parseBody } from './goals.ts'
import { fail, type RowShapes } from './rows.ts'
import { extendBook, type RuleBook } from './rule-book.ts'

export interface RuleParts {
  readonly engine: Engine
  readonly shapes: RowShapes
  readonly externals: ReadonlyMap<string, ExternalRelation>
  readonly demand: ReadonlySet<string>
  /** Only relations of the schema and heads of rules exist. */
  readonly isClosed: boolean
}

/** The rules of a database as they are now, and what may be asked and written under them. */
export class CurrentRules {
  /** Another one after each change. */
  book: RuleBook
  readonly externals: RuleParts['externals']
  readonly #parts: RuleParts
  readonly #goals = new GoalReader()

  constructor(parts: RuleParts) {
    this.#parts = parts
    this.externals = parts.externals
    const { arities } = parts.shapes
    this.book = { clauses: [], kept: [], materialised: new Set(), asked: new Set(), arities }
    parts.engine.setRules([], [], arities)
  }

  /** Checks a program and returns how to take it in. Throws one DatalogError with all that is wrong. */
  extension(program: Program, unread: readonly Problem[]): () => void {
    const { engine, shapes, isClosed } = this.#parts
    const book = extendBook(this.book, program, {
      ...this.#parts,
      unread,
      arities: this.#arities(),
    })
    const problems = isClosed ? checkTypes([...this.book.clauses, ...program.clauses], shapes) : []
    if (problems.length > 0) throw new DatalogError(problems)
    const facts = program.clauses.filter(({ body }) => body.length === 0)
    return () => {
      engine.setRules(book.kept, facts, book.arities)
      this.book = book
      this.#goals.forget()
    }
  }

  /** A question, checked against the rules. */
  read(query: string | PreparedQuery): Goals {
    return this.#goals.read(query, () => ({
      arities: this.#arities(),
      clauses: this.book.clauses,
      closed: this.#parts.isClosed,
    }))
  }

  prepare(source: Source): PreparedQuery {
    const prepared = { body: parseBody(source), text: source.text }
    this.read(prepared)
    return prepared
  }

  checkKnown(relation: string): void {
    if (!this.#parts.isClosed || this.externals.has(relation) || this.book.arities.has(relation))
      return
    throw fail(
      'unknown-relation',
      `There is no relation ${relation}.`,
      'Relations are those of the schema and of the rules.',
    )
  }

  checkWritable(relation: string): void {
    this.checkKnown(relation)
    if (this.externals.has(relation))
      throw fail('usage', `${relation} is external: its rows are elsewhere.`, '')
  }

  /** Throws when a question reads what is worked out only when asked: nothing tells of its changes. */
  checkFollowed({ body }: Goals): void {
    const read = body.flatMap((literal) =>
      literal.kind === 'atom' || literal.kind === 'not' ? [literal.atom.relation] : [],
    )
    const unkept = read.find((name) => this.externals.has(name) || this.book.asked.has(name))
    if (unkept === undefined) return
    throw fail(
      'usage',
      `${unkept} is not materialised, so nothing tells of its changes.`,
      'Take it off demand.',
    )
  }

  /** As a program's text, with these facts. */
  toText(facts: readonly Clause[] = []): string {
    return formatProgram({ text: '', clauses: [...this.book.clauses, ...facts], queries: [] })
  }

  #arities(): Map<string, number> {
    const { engine } = this.#parts
    const outside = [...this.externals].map(([name, { arity }]) => [name, arity] as const)
    const stored = [...engine.normaliser.relations.values()].flatMap(({ name, arity, isHidden }) =>
      isHidden ? [] : [[name, arity] as const],
    )
    return new Map([...this.book.arities, ...stored, ...outside])
  }
}
