import { createHash } from 'node:crypto'
import { type Edge } from '@rose-ash/blog/graph/edges'
import { createRandom, type Random } from '../datalog/random.ts'

/** Every run draws the same graphs and the same writes. */
export const seeds = { graph: 40, writes: 41 } as const

export const typeCount = 50
const treeSize = typeCount - 2
const union = typeOf(48)
const intersection = typeOf(49)
/** Types that posts are of, all of one depth: what follows from a write depends on which of these it adds. */
export const kindsOfWrites = 16
const firstLeaf = 31
/** The only type that is below `smallType`, and is that of so many posts at every size. */
const smallLeaf = 47
export const smallCount = 20
const tagCount = 40

/** With few posts, however many there are in all. */
export const smallType: string = typeOf(23)

/** A small number of posts is set aside, and a write needs one that is not. */
export const leastEdges = 500

export interface Write {
  readonly edge: Edge
  /** Whether the post is of these is asked; of the second it is not. */
  readonly types: readonly [above: string, elsewhere: string]
}

/** Two entries a post that is related to one: both directions count. */
export function* createEdgesOf(size: number): Generator<Edge> {
  const random = createRandom(seeds.graph)
  yield* typeEdges()
  for (let index = 0; index < countPosts(size); index += 1) yield* postEdges(index, random)
}

/**
 * A new type for some post. What follows from it depends on the number of the write alone, so that it is the same at
 * each size.
 */
export function createWrites(size: number): (number: number) => Write {
  const random = createRandom(seeds.writes)
  const groups = Math.floor(countPosts(size) / kindsOfWrites) - setAside
  return (number) => {
    const group = setAside + random.below(groups)
    const index = group * kindsOfWrites + (number % kindsOfWrites)
    const edge = { source: postOf(index), kind: 'is-a', target: leafOf(index + newTypeOffset) }
    return { edge, types: [typeOf(1), smallType] }
  }
}

export function countEdges(size: number): number {
  return [...typeEdges()].length + smallCount + countPosts(size) * edgesOfPost
}

const edgesOfPost = 5
const typeOffsets = [0, 5, 11] as const
const newTypeOffset = 3
const setAside = Math.ceil(smallCount / kindsOfWrites)

/** Even, since every second post is related to one. */
function countPosts(size: number): number {
  const left = size - [...typeEdges()].length - smallCount
  return Math.floor(left / (edgesOfPost * 2)) * 2
}

/** A tree, six types deep; and a union, an intersection, and two relations that lead to some of them. */
function* typeEdges(): Generator<Edge> {
  for (let number = 1; number < treeSize; number += 1)
    yield { source: typeOf(number), kind: 'subtype-of', target: typeOf((number - 1) >> 1) }
  for (const operand of [2, 9]) yield { source: union, kind: 'disj', target: leafOf(operand) }
  for (const operand of [4, 7])
    yield { source: intersection, kind: 'conj', target: leafOf(operand) }
  yield { source: typeOf(3), kind: 'declares', target: 'served-with' }
  yield { source: typeOf(10), kind: 'declares', target: 'reviewed-by' }
}

function* postEdges(index: number, random: Random): Generator<Edge> {
  const source = postOf(index)
  for (const offset of typeOffsets) yield { source, kind: 'is-a', target: leafOf(index + offset) }
  if (index < smallCount) yield { source, kind: 'is-a', target: typeOf(smallLeaf) }
  yield { source, kind: 'tagged', target: `tag:${random.below(tagCount)}` }
  if (index % 2 === 0) return
  // Never twice the same: each has one that came before with an even number.
  const other = postOf(random.below((index + 1) / 2) * 2)
  yield { source, kind: 'related', target: other }
  yield { source: other, kind: 'related', target: source }
}

function leafOf(number: number): string {
  return typeOf(firstLeaf + (number % kindsOfWrites))
}

function typeOf(number: number): string {
  return `type:${number}`
}

/** As random as a UUID, and that of the same post in every process. */
function postOf(index: number): string {
  const hex = createHash('sha256').update(String(index)).digest('hex')
  const at = (start: number, end: number) => hex.slice(start, end)
  return `post:${at(0, 8)}-${at(8, 12)}-${at(12, 16)}-${at(16, 20)}-${at(20, 32)}`
}
