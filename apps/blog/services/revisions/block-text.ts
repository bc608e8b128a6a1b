import { isDocument, type LexicalNode } from '../documents/lexical.ts'

/** One part of a body as people see it: what it is, and its words. */
export interface Block {
  readonly label: string
  readonly text: string
  /** Everything about it, for telling whether two are the same. PostgreSQL has properties in another order. */
  readonly json: string
}

/** What people call each kind of part. Others go by their type. */
const labels: Readonly<Record<string, string>> = {
  paragraph: 'Text',
  'extended-text': 'Text',
  heading: 'Heading',
  'extended-heading': 'Heading',
  quote: 'Quote',
  'extended-quote': 'Quote',
  aside: 'Quote',
  list: 'List',
  image: 'Picture',
  gallery: 'Gallery',
  video: 'Video',
  audio: 'Sound',
  file: 'File',
  markdown: 'Markdown',
  html: 'HTML',
  codeblock: 'Code',
  horizontalrule: 'Line',
  paywall: 'Members only from here',
  callout: 'Callout',
  toggle: 'Toggle',
  button: 'Button',
  bookmark: 'Bookmark',
  embed: 'Embed',
  header: 'Header',
  product: 'Product',
  'call-to-action': 'Call to action',
  signup: 'Sign-up',
  email: 'Mail only',
  'email-cta': 'Mail only',
}

/** The parts of a body, in order. */
export function blocksOf(lexical: unknown): readonly Block[] {
  if (!isDocument(lexical)) return []
  return (lexical.root.children ?? []).map((node) => ({
    label: labels[node.type] ?? node.type,
    text: textOf(node),
    json: JSON.stringify(node, inOrder),
  }))
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Properties of cards that are words for readers. HTML in them is read as text. */
const worded =
  `markdown html code text calloutText heading content subheader header buttonText caption alt
  title fileTitle fileCaption productTitle productDescription textValue sponsorLabel disclaimer url src`.split(
    /\s+/,
  )

function textOf(node: LexicalNode): string {
  if (node.type === 'linebreak') return '\n'
  const own = worded.flatMap((name) => {
    const value = node[name]
    return typeof value === 'string' && value !== '' ? [plain(name, value)] : []
  })
  const separator = node.type === 'list' ? '\n' : ''
  const below = (node.children ?? []).map(textOf).join(separator)
  return [...own, below].filter((text) => text !== '').join('\n')
}

function plain(name: string, value: string): string {
  if (name === 'markdown' || name === 'code' || name === 'text') return value
  return value
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/[^\S\n]+/g, ' ')
    .trim()
}
