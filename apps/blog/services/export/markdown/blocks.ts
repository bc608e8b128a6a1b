import type { LexicalDocument, LexicalNode } from '../../documents/lexical.ts'
import { cards } from './cards.ts'
import { escapeHeading, escapeLine } from './escape-text.ts'
import { comment } from './html-block.ts'
import { inlineLines } from './inline.ts'
import { renderList } from './lists.ts'

const inlineTypes: ReadonlySet<string> = new Set(
  `text extended-text linebreak tab link autolink tk at-link at-link-search zwnj`.split(' '),
)

/** A body as CommonMark. What Markdown has no words for is HTML, which CommonMark takes as it is. */
export function documentMarkdown(document: LexicalDocument): string {
  const text = renderBlocks(document.root.children ?? [])
  return text === '' ? '' : `${text}\n`
}

export function isInline(node: LexicalNode): boolean {
  return inlineTypes.has(node.type)
}

/** Nodes that follow each other, with an empty line between blocks. */
export function renderBlocks(nodes: readonly LexicalNode[]): string {
  const blocks: string[] = []
  let inline: LexicalNode[] = []
  let lists = 0
  const flush = () => {
    blocks.push(paragraph(inline))
    inline = []
  }
  for (const node of nodes) {
    if (isInline(node)) {
      inline.push(node)
      continue
    }
    flush()
    // Two lists with the same marker would be one.
    lists = node.type === 'list' ? lists + 1 : 0
    blocks.push(
      node.type === 'list' ? renderList(node, lists % 2 === 0, renderBlocks) : renderBlock(node),
    )
  }
  flush()
  return blocks.filter((block) => block !== '').join('\n\n')
}

function renderBlock(node: LexicalNode): string {
  const children = node.children ?? []
  switch (node.type) {
    case 'paragraph':
      return renderBlocks(children)
    case 'heading':
    case 'extended-heading':
      return heading(node)
    case 'quote':
    case 'extended-quote':
    case 'aside':
      return quote(renderBlocks(children))
    default: {
      const card = cards[node.type]
      return card ? card(node) : unknown(node)
    }
  }
}

function paragraph(nodes: readonly LexicalNode[]): string {
  const lines = inlineLines(nodes).map(escapeLine)
  return joinLines(lines)
}

/** Between words a backslash ends a line; where nothing stands beside it, only an element does. */
function joinLines(lines: readonly string[]): string {
  let text = lines[0] ?? ''
  for (const [index, line] of lines.slice(1).entries()) {
    const isBetween = lines[index] !== '' && line !== ''
    text += (isBetween ? '\\\n' : '<br>') + line
  }
  return text.replace(/^(?:<br>)+$/, '')
}

function heading(node: LexicalNode): string {
  const level = Number(/^h([1-6])$/.exec(String(node['tag']))?.[1] ?? 2)
  const text = inlineLines(node.children ?? [])
    .map(escapeHeading)
    .join('<br>')
  return text === '' ? '' : `${'#'.repeat(level)} ${text}`
}

/** Lines as Markdown has them: to a regular expression they would end at a line separator too. */
function quote(text: string): string {
  const lines = text.split('\n').map((line) => (line === '' ? '>' : `> ${line}`))
  return text === '' ? '' : lines.join('\n')
}

/** Its words, at least. */
function unknown(node: LexicalNode): string {
  const words = Array.isArray(node.children) ? renderBlocks(node.children) : ''
  const text =
    typeof node['text'] === 'string' ? paragraph([{ type: 'text', text: node['text'] }]) : ''
  return [comment(` part of a kind that is not known here: ${node.type} `), words, text]
    .filter((part) => part !== '')
    .join('\n\n')
}
