import markdownIt from 'markdown-it'
import { describe, expect, it } from 'vitest'
import { isDocument, type LexicalNode } from '../../documents/lexical.ts'
import { readFixture } from '../../ghost/test-export.ts'
import { documentMarkdown } from './blocks.ts'
import { nodes } from './test-nodes.ts'

const reader = markdownIt({ html: true })

function markdownOf(...children: readonly LexicalNode[]): string {
  return documentMarkdown({ root: { type: 'root', version: 1, children } })
}

describe('in Markdown', () => {
  it.each(nodes)('%s is written as CommonMark has it', (_name, children, wanted) => {
    expect(markdownOf(...children)).toBe(`${wanted}\n`)
  })

  it('a text without anything is empty', () => {
    expect(markdownOf()).toBe('')
  })
})

/** Those of an older editor are converted when they are imported. */
const written = readFixture('ghost-6.65.0-sqlite-export.json')['posts'] ?? []

describe('the texts of a real Ghost', () => {
  it.each(written.map((post) => [String(post['slug']), post] as const))(
    '“%s” lose no word',
    (_slug, { lexical, html }) => {
      const document: unknown = JSON.parse(String(lexical))
      if (!isDocument(document)) throw new Error('the fixture has no document')
      const shown = wordsOf(reader.render(documentMarkdown(document)))
      const missing = [...wordsOf(typeof html === 'string' ? html : '')].filter(
        (word) => !shown.has(word),
      )
      expect(missing).toEqual([])
    },
  )
})

/** What a player or a form says of itself is no text. */
const furniture =
  /<(script|style|form|svg|button)\b[\s\S]*?<\/\1>|<div class="kg-(?:audio|video|file)-(?:player|card-icon|card-filesize|card-metadata)[\s\S]*?<\/div>/g

function wordsOf(html: string): ReadonlySet<string> {
  const text = html.replace(furniture, ' ').replace(/<[^>]*>/g, ' ')
  const plain = text.replace(/&(?:amp|lt|gt|quot|nbsp|#39|mdash|#x27);/g, ' ')
  return new Set(plain.match(/[\p{L}\p{N}]{2,}/gu) ?? [])
}
