import { expect, test } from 'vitest'
import { describePlainly } from '../graph/plain-body.ts'
import { type PostContent, blankContent } from '../posts/read-content.ts'
import { merge } from './merge.ts'

function content(title: string, ...paragraphs: readonly string[]): PostContent {
  const children = paragraphs.map((text) => describePlainly(text).lexical.root.children?.[0])
  return { ...blankContent, title, lexical: { root: { type: 'root', version: 1, children } } }
}

function textOf({ lexical }: PostContent): string {
  return JSON.stringify(lexical)
    .match(/"text":"[^"]*"/g)!
    .map((found) => found.slice(8, -1))
    .join(' ')
}

const base = content('Rye', 'one', 'two', 'three')

test('what only one has changed is taken, in fields and in parts of the text', () => {
  const mine = content('Rye bread', 'one!', 'two', 'three')
  const theirs = content('Rye', 'one', 'two', 'three', 'four')
  const merged = merge({ base, mine, theirs, choices: {} })
  expect(merged.conflicts).toEqual([])
  expect(merged.content.title).toBe('Rye bread')
  expect(textOf(merged.content)).toBe('one! two three four')
})

test('in which order a part names its properties is no change', () => {
  const mine = content('Rye', 'one', 'two', 'three', 'mine')
  const reordered = (value: unknown) =>
    JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).toReversed())
        : part,
    ) as PostContent
  const theirs = reordered(content('Rye', 'theirs', 'one', 'two', 'three'))
  const merged = merge({ base: reordered(base), mine, theirs, choices: {} })
  expect(merged.conflicts).toEqual([])
  expect(textOf(merged.content)).toBe('theirs one two three mine')
})

test('what both have changed alike is no conflict', () => {
  const same = content('New', 'one', 'two and a half', 'three')
  expect(merge({ base, mine: same, theirs: same, choices: {} }).conflicts).toEqual([])
})

test('what both have changed otherwise is to be chosen, and mine unless it is', () => {
  const mine = content('A', 'one', 'mine', 'three')
  const theirs = content('B', 'one', 'theirs', 'three')
  const merged = merge({ base, mine, theirs, choices: {} })
  expect(merged.conflicts).toEqual([
    { name: 'title', label: 'Title', mine: 'A', theirs: 'B' },
    { name: 'body-0', label: 'Text', mine: 'mine', theirs: 'theirs' },
  ])
  expect(textOf(merged.content)).toBe('one mine three')
  const choices = { title: 'theirs', 'body-0': 'theirs' } as const
  const other = merge({ base, mine, theirs, choices })
  expect([other.content.title, textOf(other.content)]).toEqual(['B', 'one theirs three'])
})

test('without what both began with, everything that differs is to be chosen', () => {
  const mine = content('A', 'one')
  const theirs = content('B', 'one')
  const merged = merge({ base: undefined, mine, theirs, choices: {} })
  expect(merged.conflicts.map(({ name }) => name)).toEqual(['title'])
})

test('a text that one took away and the other changed is not lost', () => {
  const mine = content('Rye', 'one', 'three')
  const theirs = content('Rye', 'one', 'two, changed', 'three')
  const { conflicts } = merge({ base, mine, theirs, choices: {} })
  expect(conflicts).toMatchObject([{ theirs: 'two, changed' }])
})
