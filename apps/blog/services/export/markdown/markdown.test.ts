import fc from 'fast-check'
import markdownIt from 'markdown-it'
import { describe, expect, it } from 'vitest'
import type { LexicalNode } from '../../documents/lexical.ts'
import { documentMarkdown } from './blocks.ts'

const reader = markdownIt('commonmark', { html: true }).enable(['strikethrough', 'table'])

function markdownOf(...children: readonly LexicalNode[]): string {
  return documentMarkdown({ root: { type: 'root', version: 1, children } })
}

function textNode(text: string, format = 0): LexicalNode {
  return { type: 'extended-text', version: 1, text, format }
}

function block(type: string, ...children: readonly LexicalNode[]): LexicalNode {
  return { type, version: 1, children, ...(type.includes('heading') && { tag: 'h2' }) }
}

interface Letter {
  readonly letter: string
  /** Lexical's bits. */
  readonly format: number
}

const bits: Readonly<Record<string, number>> = {
  strong: 1,
  em: 2,
  s: 4,
  u: 8,
  code: 16,
  sub: 32,
  sup: 64,
  mark: 128,
}

/** What a reader of Markdown sees: letters with their marks. */
function read(markdown: string): {
  readonly letters: readonly Letter[]
  readonly types: readonly string[]
} {
  const tokens = reader.parse(markdown, {})
  const letters: Letter[] = []
  for (const token of tokens) {
    let format = 0
    const add = (text: string, more = 0) => {
      for (const letter of text) letters.push({ letter, format: format | more })
    }
    for (const inline of token.children ?? []) {
      const tag =
        inline.type === 'html_inline' ? /^<\/?([a-z]+)>$/.exec(inline.content)?.[1] : inline.tag
      const bit = bits[tag ?? ''] ?? 0
      const isOpening =
        inline.type === 'html_inline' ? !inline.content.startsWith('</') : inline.nesting === 1
      if (inline.type === 'code_inline') add(inline.content, 16)
      else if (inline.type === 'html_inline' && tag === 'br') add('\n')
      else if (bit) format = isOpening ? format | bit : format & ~bit
      else if (inline.type === 'hardbreak') add('\n')
      else if (inline.type === 'text' || inline.type === 'softbreak') add(inline.content)
    }
  }
  return { letters, types: tokens.map(({ type }) => type) }
}

const textOf = (markdown: string) =>
  read(markdown)
    .letters.map(({ letter }) => letter)
    .join('')

/** Text that an editor can hold: no control characters but tabs and new lines. */
const words = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.string({
      unit: fc.constantFrom(...Array.from('\\`*_{}[]()<>#+-.!|~=&;:"\'1 a \t\n/$^%@,')),
      maxLength: 12,
    }),
    fc.constantFrom(
      '&amp;',
      '<b>',
      '[a](b)',
      '![a](b)',
      '1. a',
      '---',
      '***',
      '# a',
      '    a',
      '> a',
      '```',
      '~~~',
      '<!--',
      'a*b*',
      '`a`',
      ' a ',
      '\u00a0',
    ),
  )
  .map((text) => text.replace(/[^\P{C}\t\n]/gu, ''))
  .filter((text) => text.isWellFormed())

describe('text', () => {
  it('comes back letter for letter from a paragraph', () => {
    fc.assert(
      fc.property(words, (text) => {
        const { letters, types } = read(markdownOf(block('paragraph', textNode(text))))
        expect(letters.map(({ letter }) => letter).join('')).toBe(text)
        expect(letters.every(({ format }) => format === 0)).toBe(true)
        expect(types).toEqual(text === '' ? [] : ['paragraph_open', 'inline', 'paragraph_close'])
      }),
      { numRuns: 2000 },
    )
  })

  it('comes back from headings, quotes and items of lists', () => {
    fc.assert(
      fc.property(
        words.filter((text) => text !== ''),
        (text) => {
          expect(textOf(markdownOf(block('extended-heading', textNode(text))))).toBe(text)
          expect(textOf(markdownOf(block('extended-quote', textNode(text))))).toBe(text)
          const item = block('listitem', textNode(text))
          const list = { ...block('list', item, item), listType: 'number', start: 7 }
          expect(textOf(markdownOf(list))).toBe(text + text)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('comes back from a quote with a line separator in it', () => {
    const text = '!\u2028> !'
    expect(textOf(markdownOf(block('extended-quote', textNode(text))))).toBe(text)
  })

  it('comes back with its marks, whatever stands beside what', () => {
    const run = fc.record({ text: words, format: fc.integer({ min: 0, max: 255 }) })
    const someMarks = fc.record({ text: words, format: fc.constantFrom(0, 1, 2, 3, 4, 5, 16, 17) })
    fc.assert(
      fc.property(fc.array(fc.oneof(run, someMarks), { maxLength: 6 }), (runs) => {
        const nodes = runs.map(({ text, format }) => textNode(text, format))
        const { letters } = read(markdownOf(block('paragraph', ...nodes)))
        const wanted = runs.flatMap(({ text, format }) =>
          Array.from(text, (letter) => ({ letter, format })),
        )
        const seen = (all: readonly Letter[]) =>
          all.map(({ letter, format }) => (/\s/u.test(letter) ? { letter } : { letter, format }))
        expect(seen(letters)).toEqual(seen(wanted))
      }),
      { numRuns: 3000 },
    )
  })

  it('comes back with a mark beside a line separator, which Markdown takes for a letter', () => {
    const nodes = [textNode('a'), textNode('\u2028‐', 4), textNode('\u2028b')]
    const { letters } = read(markdownOf(block('paragraph', ...nodes)))
    expect(letters.filter(({ format }) => format === 4)).toEqual([{ letter: '‐', format: 4 }])
  })

  it('comes back with its line breaks', () => {
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 5 }), (lines) => {
        const nodes = lines.flatMap((line, index) =>
          index === 0 ? [textNode(line)] : [{ type: 'linebreak', version: 1 }, textNode(line)],
        )
        const found = textOf(markdownOf(block('paragraph', ...nodes)))
        expect(found.trim()).toBe(lines.join('\n').trim())
      }),
      { numRuns: 1000 },
    )
  })
})
