import { distinct, type Pair, type Pairs } from './graphs.ts'
import { createRandom, type Random } from './random.ts'
import { seeds } from './seeds.ts'

/** Posts of 50 types, and types below types: a DAG in which no way is longer than 6 types. */
export const typeCount = 50
const levels = 6
const typeEdges = 94

export interface Blog {
  readonly posts: number
  readonly isA: Pairs
  readonly subOf: Pairs
}

/** Three types a post: 10,000 posts have some 77,000 instances. Posts are numbered after the types. */
export function createBlog(posts: number): Blog {
  const random = createRandom(seeds.blog)
  const subOf = distinct(typeEdges, () => randomTypeEdge(random))
  const isA = distinct(posts * 3, () => [randomPost(random, posts), randomType(random)])
  return { posts, isA, subOf }
}

export function randomPost(random: Random, posts: number): number {
  return typeCount + random.below(posts)
}

/** More often a general one. */
export function randomType(random: Random): number {
  return Math.min(random.below(typeCount), random.below(typeCount))
}

/** From a type to one of a level above, or nothing. */
export function randomTypeEdge(random: Random): Pair | undefined {
  const sub = random.below(typeCount)
  const sup = random.below(typeCount)
  return levelOf(sub) > levelOf(sup) ? [sub, sup] : undefined
}

/** As in real hierarchies, most types are near the top. */
function levelOf(type: number): number {
  return Math.floor(levels * (type / typeCount) ** 2)
}
