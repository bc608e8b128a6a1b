import type { SQL } from 'drizzle-orm'
import type { Database } from '../../models/index.ts'
import type { AbsoluteAddresses } from './absolute-addresses.ts'
import type { WriteDate } from './dates.ts'
import type { FilterFields } from './filter-fields.ts'
import type { ContentQuery } from './read-query.ts'

/** What answers are made with. */
export interface ContentSource {
  readonly database: Database
  readonly addresses: AbsoluteAddresses
  /** For posts and pages, as Ghost does; everything else is in UTC. */
  readonly writeDate: WriteDate
}

/** A thing in an answer, by Ghost's names. */
export type Answer = Readonly<Record<string, unknown>>

/** What of an answer is asked for. */
export type Wanted = Pick<ContentQuery, 'fields' | 'include' | 'formats'> & {
  readonly order?: ContentQuery['order']
}

export interface Selection {
  readonly where: SQL | undefined
  readonly orderBy: readonly SQL[]
  readonly limit: number
  readonly offset: number
}

/** One kind of thing that the Content API gives. */
export interface Resource {
  /** In addresses and answers: `posts`. */
  readonly name: string
  readonly singular: string
  readonly filterFields: FilterFields
  /** Of `order` as it was asked for. */
  orderBy(order: string | undefined): readonly SQL[]
  /** Whether it is the one of this id or slug; undefined where it has no slug. */
  isCalled(by: 'id' | 'slug', name: string): SQL
  /** Of those that everybody may see. */
  count(where: SQL | undefined): Promise<number>
  /** In a number of queries that does not depend on how many there are. */
  read(selection: Selection, wanted: Wanted): Promise<readonly Answer[]>
}
