import { createHash } from 'node:crypto'
import { Parser } from 'htmlparser2'
import { escapeHtml } from '../documents/escape.ts'

/** Code of a page's own that may go into it, and what the browser has to be told of it. */
export interface PageCode {
  readonly html: string
  /** CSP sources of what stands in it: `'sha256-…'` (Content Security Policy 3, 6.7.3). */
  readonly scriptSources: readonly string[]
  readonly styleSources: readonly string[]
  /** What was left out, in sentences. */
  readonly refused: readonly string[]
}

export type CodePlace = 'head' | 'foot'

const linkKinds = /^(me|alternate|author|license|webmention|micropub|pgpkey)$/i
const scriptTypes = /^(|module|text\/javascript|application\/javascript|application\/ld\+json)$/i
/** Elements whose text is the code itself. */
const codeElements: readonly string[] = ['script', 'style']

interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  text: string
}

/**
 * Takes styles and scripts that are written out, in the head also `<meta>` and `<link>`. Nothing is loaded from
 * elsewhere, and nothing else of the page's policy is opened: each script is let in by its own hash.
 */
export function readPageCode(code: string, place: CodePlace): PageCode {
  const elements = readElements(code)
  const html: string[] = []
  const refused: string[] = []
  const sources = { script: [] as string[], style: [] as string[] }
  for (const element of elements) {
    const reason = refusalOf(element, place)
    if (reason) {
      refused.push(reason)
      continue
    }
    html.push(write(element))
    if (element.name === 'script' || element.name === 'style')
      sources[element.name].push(sourceOf(element.text))
  }
  return {
    html: html.join('\n'),
    scriptSources: [...new Set(sources.script)],
    styleSources: [...new Set(sources.style)],
    refused: [...new Set(refused)],
  }
}

function readElements(code: string): readonly Element[] {
  const elements: Element[] = []
  let open: Element | undefined
  const parser = new Parser({
    onopentag(name, attributes) {
      open = { name, attributes, text: '' }
      elements.push(open)
    },
    ontext(text) {
      if (open && codeElements.includes(open.name)) open.text += text
      else if (text.trim() !== '') elements.push({ name: '#text', attributes: {}, text })
    },
    onclosetag() {
      open = undefined
    },
  })
  parser.write(code)
  parser.end()
  return elements
}

function refusalOf({ name, attributes }: Element, place: CodePlace): string | undefined {
  if (name === 'style') return undefined
  if (name === 'script') {
    if ('src' in attributes) return 'A script from elsewhere is not let in; write it out here.'
    return scriptTypes.test(attributes['type'] ?? '')
      ? undefined
      : `A script of the type “${attributes['type']}” is not known.`
  }
  if (place === 'head' && name === 'meta') {
    return 'http-equiv' in attributes ? '<meta http-equiv> is not let in.' : undefined
  }
  if (place === 'head' && name === 'link') {
    const kinds = (attributes['rel'] ?? '').split(/\s+/).filter(Boolean)
    return kinds.length > 0 && kinds.every((kind) => linkKinds.test(kind))
      ? undefined
      : 'Of <link>, only those that name something are let in, such as rel="me".'
  }
  return name === '#text'
    ? 'Words outside of <style> and <script> are not code.'
    : `<${name}> is not let in here.`
}

/** Attributes that change what the code may do are left behind. */
const kept = new Set(
  'type media name property content rel href hreflang title charset lang id'.split(' '),
)

function write({ name, attributes, text }: Element): string {
  const shown = Object.entries(attributes)
    .filter(([attribute]) => kept.has(attribute))
    .map(([attribute, value]) => ` ${attribute}="${escapeHtml(value)}"`)
    .join('')
  return codeElements.includes(name) ? `<${name}${shown}>${text}</${name}>` : `<${name}${shown}>`
}

function sourceOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
