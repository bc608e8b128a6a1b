import type { Blocks } from './blocks.ts'
import { PageReader } from './page-reader.ts'

/** Called with each key; its bytes are only there until it returns. Returns whether it has seen enough. */
export type Visit = (key: Buffer, value: number) => boolean

interface Tree {
  readonly blocks: Blocks
  /** No key has more bytes. */
  readonly longestKey: number
}

interface Subtree {
  readonly number: number
  /** Above the pages that have the keys. */
  readonly level: number
}

/** From `from` up to, but without, `to`. */
interface Range {
  readonly from: Buffer
  readonly to: Buffer
  readonly visit: Visit
}

/** Visits the keys of a range in their order. Returns whether there can be no more that matter. */
export function visitRange(tree: Tree, { number, level }: Subtree, range: Range): boolean {
  const page = new PageReader()
  page.open(tree.blocks.slabOf(number), tree.blocks.startOf(number))
  const isFound = page.seek(range.from, range.from.length)
  // What is greater than one of the keys above can be below it.
  const start = level === 0 || isFound ? page.at : page.before
  const key = Buffer.alloc(tree.longestKey)
  for (let at = page.first; at < page.end; at = page.nextOf(at)) {
    const bytes = key.subarray(0, page.readKey(at, key))
    if (at < start) continue
    if (bytes.compare(range.to) >= 0) return true
    const value = page.valueOf(at)
    const isEnough =
      level === 0
        ? range.visit(bytes, value)
        : visitRange(tree, { number: value, level: level - 1 }, range)
    if (isEnough) return true
  }
  return false
}
