import type { LexicalNode } from '../../documents/lexical.ts'

type RenderBlocks = (nodes: readonly LexicalNode[]) => string

interface Item {
  readonly number: number
  readonly parts: string[]
}

/** `isOther` takes the other marker, for a list that follows another one. */
export function renderList(list: LexicalNode, isOther: boolean, render: RenderBlocks): string {
  const isOrdered = list['listType'] === 'number' || list['tag'] === 'ol'
  const start =
    isOrdered && Number.isInteger(list['start']) ? Math.max(0, Number(list['start'])) : 1
  const items: Item[] = []
  for (const child of list.children ?? []) {
    const nested = child.type === 'listitem' && isOnlyList(child)
    const last = items.at(-1)
    // Lexical puts a list that belongs to an item into an item of its own behind it.
    if (nested && last) last.parts.push(render(child.children ?? []))
    else items.push({ number: start + items.length, parts: partsOf(child, list, render) })
  }
  return items
    .map(({ number, parts }) => {
      const ordered = `${String(number).slice(0, 9)}${isOther ? ')' : '.'}`
      return indent(isOrdered ? ordered : isOther ? '*' : '-', joinParts(parts))
    })
    .join('\n')
}

function isOnlyList({ children = [] }: LexicalNode): boolean {
  return children.length > 0 && children.every(({ type }) => type === 'list')
}

/** The words of an item, then the lists in it. */
function partsOf(item: LexicalNode, list: LexicalNode, render: RenderBlocks): string[] {
  if (item.type !== 'listitem') return [render([item])]
  const children = item.children ?? []
  const words = render(children.filter(({ type }) => type !== 'list'))
  const lists = children.filter(({ type }) => type === 'list').map((child) => render([child]))
  const box = list['listType'] === 'check' ? (item['checked'] ? '[x] ' : '[ ] ') : ''
  return [box + words, ...lists]
}

/** A list that does not begin with 1, or begins with nothing, would be taken for more words. */
function joinParts(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .reduce((text, part) => {
      const isPlain = /^(?:[-*]|1[.)]) \S/.test(part)
      return text === '' ? part : `${text}${isPlain ? '\n' : '\n\n'}${part}`
    }, '')
}

function indent(marker: string, text: string): string {
  const space = ' '.repeat(marker.length + 1)
  const lines = text.split('\n').map((line) => (line === '' ? '' : space + line))
  return text === '' ? marker : `${marker} ${lines.join('\n').slice(space.length)}`
}
