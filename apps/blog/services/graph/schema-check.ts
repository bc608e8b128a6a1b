import type { Block, SchemaRule } from './metamodel.ts'

/** Where a block begins in a body's sanitised HTML. */
const marks: Readonly<Record<Block, RegExp>> = {
  heading: /<h[1-6][\s>]/,
  paragraph: /<p[\s>]/,
  image: /<img[\s>]/,
  list: /<[ou]l[\s>]/,
  quote: /<blockquote[\s>]/,
  link: /<a\s[^>]*href=/,
}

/** What the types of a post say of parts that its body does not have. */
export function findMissingBlocks(html: string, rules: readonly SchemaRule[]): readonly string[] {
  const missing = rules.filter(({ block }) => !marks[block].test(html))
  return [...new Set(missing.map(({ message }) => message))]
}
