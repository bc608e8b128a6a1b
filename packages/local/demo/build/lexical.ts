import { cardNode, imageNode } from './cards.ts'
import type { CardContext } from './cards.ts'
import { curlyQuotes, inlineNodes, textNode } from './inline.ts'
import type { LexicalNode } from './inline.ts'

const element = { direction: 'ltr', format: '', indent: 0, version: 1 }

/** The body of a post, from the Markdown-like form in `source/` to a Lexical document. */
export function lexicalDocument(body: string, context: CardContext): LexicalNode {
  const lines = body.split('\n')
  const children: LexicalNode[] = []
  let position = 0
  while (position < lines.length) {
    const block = takeBlock(lines, position)
    position += block.length
    const node = blockNode(block, context)
    if (node !== undefined) children.push(node)
  }
  return { root: { children, ...element, type: 'root' } }
}

/** The lines of one block: up to its closing sign, or to the next empty line. */
function takeBlock(lines: readonly string[], start: number): readonly string[] {
  const first = lines[start] ?? ''
  if (first === '') return ['']
  const closing = first.startsWith(':::') ? ':::' : first.startsWith('```') ? '```' : ''
  let end = start + 1
  while (end < lines.length && lines[end] !== closing) end += 1
  return lines.slice(start, end + 1)
}

function blockNode(block: readonly string[], context: CardContext): LexicalNode | undefined {
  const lines = block.filter((line) => line !== '')
  const [first = ''] = lines
  if (first === '') return undefined
  if (first.startsWith(':::')) return directiveNode(block, context)
  if (first.startsWith('```')) {
    const [code, language] = [block.slice(1, -1).join('\n'), first.slice(3)]
    return { type: 'codeblock', version: 1, code, language, caption: '' }
  }
  if (first === '---') return { type: 'horizontalrule', version: 1 }
  const heading = /^(#{2,4}) (.*)$/.exec(first)
  if (heading !== null) {
    const [, signs = '', text = ''] = heading
    return { ...textElement('extended-heading', text), tag: `h${signs.length}` }
  }
  if (first.startsWith('> ')) return quoteNode(lines.map((line) => line.slice(2)))
  if (/^(- |\d+\. )/.test(first)) return listNode(lines)
  return imageNode(first) ?? textElement('paragraph', lines.join(' '))
}

function textElement(type: string, text: string): LexicalNode {
  return { children: inlineNodes(curlyQuotes(text)), ...element, type }
}

function directiveNode(block: readonly string[], context: CardContext): LexicalNode {
  const [, name = '', argument = ''] = /^:::(\S+)\s*(.*)$/.exec(block[0] ?? '') ?? []
  const lines = block.slice(1).filter((line) => line !== ':::')
  if (name === 'aside') return textElement('aside', lines.join(' '))
  return cardNode({ name, argument, lines }, context)
}

/** A quotation; its last line says who spoke. */
function quoteNode(lines: readonly string[]): LexicalNode {
  const [speaker = ''] = lines.slice(-1)
  const words = curlyQuotes(lines.slice(0, -1).join(' '))
  return {
    children: [
      ...inlineNodes(words),
      { type: 'linebreak', version: 1 },
      textNode(curlyQuotes(speaker), 2),
    ],
    ...element,
    type: 'extended-quote',
  }
}

function listNode(lines: readonly string[]): LexicalNode {
  const isOrdered = /^\d/.test(lines[0] ?? '')
  const children = lines.map((line, index) => ({
    ...textElement('listitem', line.replace(/^(- |\d+\. )/, '')),
    value: index + 1,
  }))
  const kind = isOrdered ? { listType: 'number', tag: 'ol' } : { listType: 'bullet', tag: 'ul' }
  return { children, ...element, type: 'list', ...kind, start: 1 }
}
