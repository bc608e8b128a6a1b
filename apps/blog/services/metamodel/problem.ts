import type { Queryable } from '../../models/index.ts'
import { describeObjects, type ObjectDescription } from '../graph/describe-objects.ts'

/** Why the metamodel cannot be changed like this: a sentence, and what it would do harm to. */
export interface Problem {
  readonly message: string
  /** The name of the input that it is about; null when it is about the whole. */
  readonly place: string | null
  readonly affected: Affected | null
}

/** The first of what a change would do harm to. */
export interface Affected {
  readonly objects: readonly ObjectDescription[]
  readonly moreCount: number
}

export interface Refused {
  readonly status: 'refused'
  readonly problems: readonly Problem[]
}

export type SaveResult =
  | { readonly status: 'saved'; readonly slug: string }
  | { readonly status: 'missing' }
  | Refused

export type DeleteResult =
  | { readonly status: 'deleted'; readonly title: string }
  | { readonly status: 'missing' }
  | Refused

const mostNamed = 10

export function refuse(problems: readonly Problem[]): Refused {
  return { status: 'refused', problems }
}

export function problemAt(place: string | null, message: string): Problem {
  return { message, place, affected: null }
}

/** A problem with those it would be one for, by name. */
export async function problemFor(
  database: Queryable,
  { message, place }: Pick<Problem, 'message' | 'place'>,
  names: Iterable<string>,
): Promise<Problem> {
  const all = [...new Set(names)].toSorted()
  const first = all.slice(0, mostNamed)
  const described = await describeObjects(database, first)
  const objects = first.map((name) => described.get(name) ?? gone(name))
  return { message, place, affected: { objects, moreCount: all.length - first.length } }
}

/** “1 post has”, “3 posts have”. */
export function postsHave(count: number): string {
  return count === 1 ? '1 post has' : `${count} posts have`
}

function gone(name: string): ObjectDescription {
  return { name, kind: 'elsewhere', title: name, url: name, isPublic: false }
}
