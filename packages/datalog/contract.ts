import type { Clause, Literal, Value } from './language/syntax.ts'

/** The types of the public interface; `database.ts` keeps what they promise. */

/** `{ is_a: { post: 'text', type: 'text' } }`: each relation's columns, in order. `any` takes text and numbers. */
export type Schema = Readonly<Record<string, Columns>>
export type Columns = Readonly<Record<string, ColumnType>>
export type ColumnType = 'text' | 'number' | 'any'

type ValueOf<Type extends ColumnType> = Type extends 'text'
  ? string
  : Type extends 'number'
    ? number
    : Value

/** A row as it is given back: an object when its relation's columns are named by a schema, else an array of values. */
export type RowOf<S extends Schema, Name extends string> = string extends keyof S
  ? readonly Value[]
  : Name extends keyof S
    ? { readonly [Column in keyof S[Name]]: ValueOf<S[Name][Column]> }
    : readonly Value[]

export type AnyRow = readonly Value[] | Readonly<Record<string, Value>>

export interface DatalogOptions {
  /** Columns of relations that rules derive, for names and types of their rows. */
  readonly derive?: Schema
  /** Relations that are not materialised but answered when asked, unless a materialised one reads them. */
  readonly demand?: readonly string[]
  /** Relations whose rows are elsewhere; only relations on demand and queries may read them. */
  readonly external?: Readonly<Record<string, ExternalRelation>>
  /** Rule firings that one transaction, load or query may take. Default 20 million. */
  readonly maxDerivations?: number
  /** Default: no limit. */
  readonly maxMs?: number
  /** False to never compile rules to code, as where a Content-Security-Policy forbids it; it is noticed anyway. */
  readonly compile?: boolean
  /** Told of what a subscriber throws. Default: thrown again outside, as an uncaught error. */
  readonly onSubscriberError?: (error: unknown) => void
}

export interface ExternalRelation {
  readonly arity: number
  /** All rows that agree with the values given; a free column is `undefined`. More rows do no harm. */
  readonly rows: (bound: readonly (Value | undefined)[]) => Iterable<readonly Value[]>
}

/** The net change of a transaction, by relation; a relation that did not change is not in it. */
export interface Delta {
  readonly added: Readonly<Record<string, readonly AnyRow[]>>
  readonly removed: Readonly<Record<string, readonly AnyRow[]>>
}

/** How many rows of each relation that changed. */
export interface DeltaSize {
  readonly added: Readonly<Record<string, number>>
  readonly removed: Readonly<Record<string, number>>
}

export interface Change<Row = AnyRow> {
  readonly added: readonly Row[]
  readonly removed: readonly Row[]
}

export interface Transaction<S extends Schema> {
  insert<Name extends string>(relation: Name, row: InputRow<S, Name>): void
  /** Takes the assertion back. Does nothing when the fact is not asserted, also when it is derived. */
  retract<Name extends string>(relation: Name, row: InputRow<S, Name>): void
}

/** Rows may always be given as arrays. */
export type InputRow<S extends Schema, Name extends string> = Name extends keyof S
  ? RowOf<S, Name> | readonly Value[]
  : AnyRow

/** Reads a relation by some of its columns. */
export interface RelationReader<S extends Schema, Name extends string> {
  where(known: Partial<RowOf<S, Name>> | readonly (Value | undefined)[]): RowOf<S, Name>[]
}

/** Why a fact holds. A leaf without `rule` is asserted. */
export type Proof = FactProof | NotProof | AggregateProof

export interface FactProof {
  readonly relation: string
  readonly row: AnyRow
  /** The text of the rule whose instance this is. */
  readonly rule?: string
  /** One for each literal of the rule's body but comparisons, in order. */
  readonly children?: readonly Proof[]
  /** There is more below than `maxNodes` allowed. */
  readonly truncated?: true
}

/** Nothing of `relation` agrees with `row`, in which `null` stands for any value. */
export interface NotProof {
  readonly not: true
  readonly relation: string
  readonly row: readonly (Value | null)[]
}

export interface AggregateProof {
  readonly aggregate: true
  /** As written in the rule. */
  readonly text: string
  readonly value: Value
  /** How many distinct tuples it was made of. */
  readonly size: number
}

/** Of each rule that could have derived the fact, the literal that failed under the best binding. */
export interface WhyNot {
  readonly relation: string
  readonly row: AnyRow
  /** True when the fact does hold, after all. */
  readonly holds: boolean
  readonly rules: readonly FailedRule[]
}

export interface FailedRule {
  readonly rule: string
  /** The first literal that nothing satisfied, as written and with what was known put in. */
  readonly literal: string
  readonly instance: string
  /** Values of the rule's variables when it failed. */
  readonly bindings: Readonly<Record<string, Value>>
}

export interface Statistics {
  /**
   * Facts looked at by the last transaction: those that something had to be decided about. One that is taken away
   * and put back is one.
   */
  readonly touched: number
  /** Facts that the last transaction really changed. */
  readonly changed: number
  readonly relations: Readonly<Record<string, RelationStatistics>>
  /** Distinct values that are not small integers. */
  readonly values: number
  /** Of all columns, tables and indexes. */
  readonly bytes: number
  /** Whether rules are compiled to code here. */
  readonly compiled: boolean
}

export interface RelationStatistics {
  readonly rows: number
  readonly asserted: number
  readonly indexes: number
  readonly kind: 'asserted' | 'counting' | 'recursive' | 'demand' | 'external'
}

export interface QueryOptions {
  /** Works the answer out from what is asserted, as if nothing were materialised. */
  readonly demand?: boolean
}

/** What `rules` gives back: a way to ask about them with values put in safely. */
export interface Rules {
  readonly clauses: readonly Clause[]
  /** A query whose answers are objects by variable. */
  q(strings: TemplateStringsArray, ...values: readonly Value[]): PreparedQuery
}

/** A prepared question: `g.q` of a template, or `db.prepare(text)`. */
export interface PreparedQuery {
  readonly body: readonly Literal[]
  readonly text: string
}
