import type {
  AnyRow,
  Change,
  DatalogOptions,
  Delta,
  DeltaSize,
  InputRow,
  PreparedQuery,
  QueryOptions,
  RelationReader,
  RowOf,
  Rules,
  Schema,
  Statistics,
  Transaction,
  WhyNot,
} from '../contract.ts'
import { Engine } from '../evaluate/engine.ts'
import type { Problem } from '../language/errors.ts'
import { parse, sourceOf } from '../language/parser.ts'
import type { Clause, Program, Value } from '../language/syntax.ts'
import { Answers } from './answers.ts'
import { CurrentRules } from './current-rules.ts'
import { assertedFacts, describeDatabase } from './describe.ts'
import { Explainer } from './explainer.ts'
import {
  type ExplainOptions,
  explainFact,
  explainMissing,
  type ReadableProof,
} from './explanations.ts'
import { RowShapes } from './rows.ts'
import { restoreEngine, snapshotEngine } from './snapshot.ts'
import { Subscriptions, throwOutside } from './subscriptions.ts'
import { Writes } from './writes.ts'

/** Facts, rules, and everything that follows from them, always up to date. */
export class Database<S extends Schema = Schema> {
  readonly #engine: Engine
  readonly #shapes: RowShapes
  readonly #rules: CurrentRules
  readonly #answers: Answers
  readonly #subscriptions: Subscriptions
  readonly #writes: Writes
  readonly #explainer: Explainer

  constructor(schema: S | undefined, options: DatalogOptions) {
    const engine = new Engine(options)
    const shapes = new RowShapes(schema, options.derive)
    const externals = new Map(Object.entries(options.external ?? {}))
    const demand = new Set(options.demand)
    const isClosed = schema !== undefined
    const rules = new CurrentRules({ engine, shapes, externals, demand, isClosed })
    const answers = new Answers({ engine, shapes, externals, book: () => rules.book })
    const onError = options.onSubscriberError ?? throwOutside
    const subscriptions = new Subscriptions(engine, shapes, onError)
    const check = (relation: string) => rules.checkWritable(relation)
    this.#engine = engine
    this.#shapes = shapes
    this.#rules = rules
    this.#answers = answers
    this.#subscriptions = subscriptions
    this.#writes = new Writes({ engine, shapes, subscriptions, check })
    this.#explainer = new Explainer({ engine, shapes, answers })
  }

  /**
   * Adds rules and facts, from a text or as a tagged template whose values are never read as text. All that is
   * wrong is told at once, in one DatalogError, and then nothing has changed.
   */
  rules(text: TemplateStringsArray | string, ...values: readonly Value[]): Rules {
    const source = typeof text === 'string' ? { text } : sourceOf(text, values)
    const { program, problems } = parse(source)
    return this.#add(program, problems)
  }

  /** Adds rules and facts that were built or parsed before. */
  add(program: Program | { readonly clauses: readonly Clause[] }): Rules {
    return this.#add({ text: '', queries: [], ...program }, [])
  }

  #add(whole: Program, unread: readonly Problem[]): Rules {
    const change = this.#rules.extension(whole, unread)
    this.#subscriptions.acrossRules(change, (goals) => this.#answers.answer(goals, {}))
    this.#subscriptions.tell()
    return {
      clauses: whole.clauses,
      q: (strings, ...values) => this.#rules.prepare(sourceOf(strings, values)),
    }
  }

  /** One change, all or nothing. Returns what it really changed. */
  tx(operations: (transaction: Transaction<S>) => void): Delta {
    return this.#writes.change((write) =>
      operations({
        insert: (relation, row) => write(relation, row, true),
        retract: (relation, row) => write(relation, row, false),
      }),
    )
  }

  /** Many facts as one change: what boot is for. Returns how many rows of each relation came and went. */
  load(rows: { readonly [Name in string]: Iterable<InputRow<S, Name>> }): DeltaSize {
    return this.#writes.load(rows)
  }

  /** All rows of a relation, in no particular order. */
  rows<Name extends string>(relation: Name): RowOf<S, Name>[] {
    return this.#select(relation, [])
  }

  has<Name extends string>(relation: Name, row: InputRow<S, Name>): boolean {
    const values = this.#shapes.unshape(relation, row)
    if (this.#answers.isAsked(relation)) return this.#answers.select(relation, values).length > 0
    return this.#engine.has(relation, values)
  }

  /** `rel('inst').where({ post })`: rows by the values of some columns. */
  rel<Name extends string>(relation: Name): RelationReader<S, Name> {
    return { where: (known) => this.#select(relation, this.#shapes.unshapeSome(relation, known)) }
  }

  /**
   * Answers to a question. One goal in a text gives the rows of its relation that match; a conjunction gives the
   * values of its named variables; a query made by a template gives objects by variable.
   */
  query<Row = AnyRow>(query: string | PreparedQuery, options: QueryOptions = {}): Row[] {
    return this.#answers.answer(this.#rules.read(query), options) as Row[]
  }

  /** How many answers a question has. */
  count(query: string | PreparedQuery): number {
    return this.#answers.count(this.#rules.read(query))
  }

  /** A question for `query` and `subscribe`, checked. Its answers are objects by variable. */
  prepare(text: string): PreparedQuery {
    return this.#rules.prepare({ text })
  }

  /** Tells of each change of a question's answers, once a transaction and after it. Returns how to stop. */
  subscribe<Row = AnyRow>(
    query: string | PreparedQuery,
    onChange: (change: Change<Row>) => void,
  ): () => void {
    const goals = this.#rules.read(query)
    this.#rules.checkFollowed(goals)
    return this.#subscriptions.add(goals, onChange as (change: Change) => void)
  }

  /** Why a fact holds; null when it does not. Its `toText()` is the tree to read. */
  explain(relation: string, row: AnyRow, options: ExplainOptions = {}): ReadableProof | null {
    return explainFact(this.#explainer.explaining(relation), { relation, row }, options)
  }

  /** Why a fact does not hold: for each rule that could give it, the first literal that fails. */
  whyNot(relation: string, row: AnyRow): WhyNot {
    return explainMissing(this.#explainer.explaining(relation), { relation, row })
  }

  stats(): Statistics {
    return describeDatabase(this.#engine, {
      isAsked: (name) => this.#answers.isAsked(name),
      externals: this.#rules.externals,
    })
  }

  /** Everything, as bytes for `restore`. */
  snapshot(): Uint8Array {
    return snapshotEngine(this.#engine, this.#rules.toText())
  }

  /**
   * Takes the place of all facts. Where the rules are those of the snapshot, nothing is worked out; a database
   * without rules takes those of the snapshot; with others, what follows is worked out anew.
   */
  restore(bytes: Uint8Array): void {
    const own = this.#rules.toText()
    this.#subscriptions.acrossRules(
      () =>
        restoreEngine(this.#engine, { bytes, rules: own, adopt: (text) => void this.rules(text) }),
      (goals) => this.#answers.answer(goals, {}),
    )
    this.#subscriptions.tell()
  }

  /** All rules and asserted facts as a program's text. */
  toText(): string {
    return this.#rules.toText(assertedFacts(this.#engine))
  }

  #select<Name extends string>(
    relation: Name,
    values: readonly (Value | undefined)[],
  ): RowOf<S, Name>[] {
    this.#rules.checkKnown(relation)
    const rows = this.#answers.select(relation, values)
    return rows.map((row) => this.#shapes.shape(relation, row)) as RowOf<S, Name>[]
  }
}
