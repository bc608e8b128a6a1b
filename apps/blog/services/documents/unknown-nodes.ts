import { escapeHtml } from './escape.ts'
import type { LexicalDocument, LexicalNode } from './lexical.ts'

export interface KnownDocument {
  readonly document: LexicalDocument
  /** The nodes that were replaced, as they were. */
  readonly unknownNodes: readonly LexicalNode[]
}

/** Deeper trees overflow the renderer's stack; nothing that an editor made comes near. */
const depthLimit = 200

const inlineTypes = new Set(['text', 'extended-text', 'linebreak', 'tab', 'link', 'autolink'])

/**
 * Replaces what the renderer does not know. Ghost's renderer silently drops everything after a node
 * of unknown type, so a document must go through here before it is rendered. A block becomes an
 * HTML card with a note and its text; an inline node becomes its text.
 *
 * Throws RangeError for a tree deeper than 200 levels.
 */
export function replaceUnknownNodes(
  document: LexicalDocument,
  knownTypes: ReadonlySet<string>,
): KnownDocument {
  const unknownNodes: LexicalNode[] = []
  const children = (document.root.children ?? []).map((child) => {
    const block = isKnown(child, knownTypes) ? child : reportedCard(child, unknownNodes)
    const known = withKnownChildren(block, 1, { knownTypes, unknownNodes })
    return inlineTypes.has(known.type) ? paragraphAround(known) : known
  })
  return { document: { ...document, root: { ...document.root, children } }, unknownNodes }
}

interface Walk {
  readonly knownTypes: ReadonlySet<string>
  readonly unknownNodes: LexicalNode[]
}

function withKnownChildren(node: LexicalNode, depth: number, walk: Walk): LexicalNode {
  if (node.type === 'autolink') return withKnownChildren({ ...node, type: 'link' }, depth, walk)
  if (!Array.isArray(node.children)) return node
  if (depth > depthLimit) throw new RangeError(`the document is nested deeper than ${depthLimit}`)
  const children = node.children.map((child) => {
    if (isKnown(child, walk.knownTypes)) return withKnownChildren(child, depth + 1, walk)
    walk.unknownNodes.push(child)
    return textNode(textOf(child))
  })
  return { ...node, children }
}

function isKnown(node: LexicalNode, knownTypes: ReadonlySet<string>): boolean {
  return knownTypes.has(node?.type) || node?.type === 'autolink'
}

function reportedCard(node: LexicalNode, unknownNodes: LexicalNode[]): LexicalNode {
  unknownNodes.push(node)
  const text = textOf(node).trim()
  const type = escapeHtml(typeName(node))
  const note = `This part of the post (“${type}”) cannot be shown here.`
  const html = `<div class="kg-card kg-unknown-card" data-kg-type="${type}"><p>${note}</p>${
    text && `<p>${escapeHtml(text)}</p>`
  }</div>`
  return { type: 'html', version: 1, html }
}

/** How a warning and the page name the node. */
export function typeName(node: LexicalNode): string {
  return typeof node?.type === 'string' ? node.type.slice(0, 60) : 'no type'
}

function textOf(node: LexicalNode, depth = 0): string {
  if (typeof node?.['text'] === 'string') return node['text']
  if (!Array.isArray(node?.children) || depth > depthLimit) return ''
  return node.children.map((child) => textOf(child, depth + 1)).join(' ')
}

function textNode(text: string): LexicalNode {
  return {
    type: 'extended-text',
    version: 1,
    detail: 0,
    format: 0,
    mode: 'normal',
    style: '',
    text,
  }
}

function paragraphAround(node: LexicalNode): LexicalNode {
  const paragraph = { direction: null, format: '', indent: 0, type: 'paragraph', version: 1 }
  return { ...paragraph, children: [node] }
}
