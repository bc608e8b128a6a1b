import { escapeHtml } from '../documents/escape.ts'
import { isDocument, type LexicalDocument, type LexicalNode } from '../documents/lexical.ts'
import { typeName } from '../documents/unknown-nodes.ts'

/**
 * The inverse of `replaceUnknownNodes`: puts the nodes that this platform does not know back where its notes
 * stand for them. A note that an editor has taken away takes its node with it.
 */
export function restoreUnknownNodes(document: LexicalDocument, unknown: unknown): LexicalDocument {
  const waiting = nodesOf(unknown)
  if (waiting.length === 0) return document
  const take = (fits: (node: LexicalNode) => boolean): LexicalNode | undefined => {
    const at = waiting.findIndex(fits)
    return at === -1 ? undefined : waiting.splice(at, 1)[0]
  }
  const restore = (node: LexicalNode): LexicalNode => {
    const type = /^<div class="kg-card kg-unknown-card" data-kg-type="([^"]*)">/.exec(
      node.type === 'html' ? String(node['html']) : '',
    )?.[1]
    if (type !== undefined) return take((other) => escapeHtml(typeName(other)) === type) ?? node
    if (node.type === 'extended-text') {
      const text = node['text']
      return text ? (take((other) => textOf(other) === text) ?? node) : node
    }
    return Array.isArray(node.children) ? { ...node, children: node.children.map(restore) } : node
  }
  return { ...document, root: restore(document.root) }
}

function textOf(node: LexicalNode): string {
  if (typeof node['text'] === 'string') return node['text']
  return Array.isArray(node.children) ? node.children.map(textOf).join(' ') : ''
}

/** As the import kept them. */
function nodesOf(unknown: unknown): LexicalNode[] {
  const root = { type: 'root', children: unknown }
  return Array.isArray(unknown) && isDocument({ root }) ? [...(unknown as LexicalNode[])] : []
}
