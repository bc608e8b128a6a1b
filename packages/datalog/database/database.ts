import type {
  AnyRow,
  Change,
  DatalogOptions,
  Delta,
  DeltaSize,
  ExternalRelation,
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
import { Instances } from '../explain/instances.ts'
import { DatalogError, type Problem } from '../language/errors.ts'
import { formatProgram } from '../language/format.ts'
import { parse, type Source, sourceOf } from '../language/parser.ts'
import type { Clause, Program, Value } from '../language/syntax.ts'
import { Answers } from './answers.ts'
import { checkTypes } from './column-types.ts'
import { assertedFacts, describeDatabase } from './describe.ts'
import {
  type Explaining,
  type ExplainOptions,
  explainFact,
  explainMissing,
  type ReadableProof,
} from './explanations.ts'
import { GoalReader, type Goals, parseBody } from './goals.ts'
import { fail, RowShapes } from './rows.ts'
import { extendBook, type RuleBook } from './rule-book.ts'
import { restoreEngine, snapshotEngine } from './snapshot.ts'
import { Subscriptions, throwOutside } from './subscriptions.ts'
import { Writes } from './writes.ts'

/** Facts, rules, and everything that follows from them, always up to date. */
export class Database<S extends Schema = Schema> {
  readonly #engine: Engine
  readonly #shapes: RowShapes
  readonly #externals: ReadonlyMap<string, ExternalRelation>
  readonly #demand: ReadonlySet<string>
  readonly #isClosed: boolean
  readonly #subscriptions: Subscriptions
  readonly #goals = new GoalReader()
  readonly #answers: Answers
  readonly #writes: Writes
  #book: RuleBook
  #instances: Instances | undefined

  constructor(schema: S | undefined, options: DatalogOptions) {
    this.#engine = new Engine(options)
    this.#shapes = new RowShapes(schema, options.derive)
    this.#externals = new Map(Object.entries(options.external ?? {}))
    this.#demand = new Set(options.demand)
    this.#isClosed = schema !== undefined
    const onError = options.onSubscriberError ?? throwOutside
    this.#subscriptions = new Subscriptions(this.#engine, this.#shapes, onError)
    this.#answers = new Answers({
      engine: this.#engine,
      shapes: this.#shapes,
      externals: this.#externals,
      book: () => this.#book,
    })
    this.#writes = new Writes({
      engine: this.#engine,
      shapes: this.#shapes,
      subscriptions: this.#subscriptions,
      check: (relation) => this.#checkWritable(relation),
    })
    const arities = this.#shapes.arities
    this.#book = { clauses: [], kept: [], materialised: new Set(), asked: new Set(), arities }
    this.#engine.setRules([], [], this.#book.arities)
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
    const book = extendBook(this.#book, whole, {
      unread,
      arities: this.#arities(),
      isClosed: this.#isClosed,
      demand: this.#demand,
      externals: this.#externals,
    })
    const problems = this.#isClosed
      ? checkTypes([...this.#book.clauses, ...whole.clauses], this.#shapes)
      : []
    if (problems.length > 0) throw new DatalogError(problems)
    const facts = whole.clauses.filter(({ body }) => body.length === 0)
    const change = () => {
      this.#engine.setRules(book.kept, facts, book.arities)
      this.#book = book
      this.#goals.forget()
    }
    this.#subscriptions.acrossRules(change, (goals) => this.#answers.answer(goals, {}))
    this.#subscriptions.tell()
    return {
      clauses: whole.clauses,
      q: (strings, ...values) => this.#prepareQuery(sourceOf(strings, values)),
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
    return this.#answers.answer(this.#read(query), options) as Row[]
  }

  /** How many answers a question has. */
  count(query: string | PreparedQuery): number {
    return this.#answers.count(this.#read(query))
  }

  /** A question for `query` and `subscribe`, checked. Its answers are objects by variable. */
  prepare(text: string): PreparedQuery {
    return this.#prepareQuery({ text })
  }

  /** Tells of each change of a question's answers, once a transaction and after it. Returns how to stop. */
  subscribe<Row = AnyRow>(
    query: string | PreparedQuery,
    onChange: (change: Change<Row>) => void,
  ): () => void {
    const goals = this.#read(query)
    const asked = goals.body.flatMap((literal) =>
      literal.kind === 'atom' || literal.kind === 'not' ? [literal.atom.relation] : [],
    )
    const unkept = asked.find((name) => this.#answers.isAsked(name))
    if (unkept !== undefined)
      throw fail(
        'usage',
        `${unkept} is not materialised, so nothing tells of its changes.`,
        'Take it off demand.',
      )
    return this.#subscriptions.add(goals, onChange as (change: Change) => void)
  }

  /** Why a fact holds; null when it does not. Its `toText()` is the tree to read. */
  explain(relation: string, row: AnyRow, options: ExplainOptions = {}): ReadableProof | null {
    return explainFact(this.#explaining(relation), { relation, row }, options)
  }

  /** Why a fact does not hold: for each rule that could give it, the first literal that fails. */
  whyNot(relation: string, row: AnyRow): WhyNot {
    return explainMissing(this.#explaining(relation), { relation, row })
  }

  stats(): Statistics {
    return describeDatabase(this.#engine, {
      isAsked: (name) => this.#answers.isAsked(name),
      externals: this.#externals,
    })
  }

  /** Everything, as bytes for `restore`. */
  snapshot(): Uint8Array {
    return snapshotEngine(
      this.#engine,
      formatProgram({ text: '', clauses: this.#book.clauses, queries: [] }),
    )
  }

  /**
   * Takes the place of all facts. Where the rules are those of the snapshot, nothing is worked out; a database
   * without rules takes those of the snapshot; with others, what follows is worked out anew.
   */
  restore(bytes: Uint8Array): void {
    const before = this.#book
    const own = formatProgram({ text: '', clauses: before.clauses, queries: [] })
    this.#subscriptions.acrossRules(
      () =>
        restoreEngine(this.#engine, { bytes, rules: own, adopt: (text) => void this.rules(text) }),
      (goals) => this.#answers.answer(goals, {}),
    )
    this.#subscriptions.tell()
  }

  /** All rules and asserted facts as a program's text. */
  toText(): string {
    return formatProgram({
      text: '',
      clauses: [...this.#book.clauses, ...assertedFacts(this.#engine)],
      queries: [],
    })
  }

  #select<Name extends string>(
    relation: Name,
    values: readonly (Value | undefined)[],
  ): RowOf<S, Name>[] {
    this.#checkKnown(relation)
    const rows = this.#answers.select(relation, values)
    return rows.map((row) => this.#shapes.shape(relation, row)) as RowOf<S, Name>[]
  }

  #explaining(relation: string): Explaining {
    const shapes = this.#shapes
    this.#engine.machine.budget.restart()
    if (this.#answers.isAsked(relation)) {
      const engine = this.#answers.materialise()
      return { engine, shapes, instances: new Instances(engine) }
    }
    const engine = this.#engine
    if (this.#instances?.version !== engine.version) this.#instances = new Instances(engine)
    return { engine, shapes, instances: this.#instances }
  }

  #read(query: string | PreparedQuery): Goals {
    return this.#goals.read(query, () => ({
      arities: this.#arities(),
      clauses: this.#book.clauses,
      closed: this.#isClosed,
    }))
  }

  #prepareQuery(source: Source): PreparedQuery {
    const prepared = { body: parseBody(source), text: source.text }
    this.#read(prepared)
    return prepared
  }

  #arities(): Map<string, number> {
    const externals = [...this.#externals].map(([name, { arity }]) => [name, arity] as const)
    const stored = [...this.#engine.normaliser.relations.values()].flatMap(
      ({ name, arity, isHidden }) => (isHidden ? [] : [[name, arity] as const]),
    )
    return new Map([...this.#book.arities, ...stored, ...externals])
  }

  #checkKnown(relation: string): void {
    if (!this.#isClosed || this.#externals.has(relation) || this.#book.arities.has(relation)) return
    throw fail(
      'unknown-relation',
      `There is no relation ${relation}.`,
      'Relations are those of the schema and of the rules.',
    )
  }

  #checkWritable(relation: string): void {
    this.#checkKnown(relation)
    if (this.#externals.has(relation))
      throw fail('usage', `${relation} is external: its rows are elsewhere.`, '')
  }
}
