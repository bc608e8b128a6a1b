import type { LexicalDocument, LexicalNode } from '../documents/lexical.ts'
import { parseJson } from '../documents/parse-json.ts'

/** Stands in a Ghost export for the site's own address, and is replaced where it is imported. */
const ownSite = '__GHOST_URL__'

/** Addresses of this site as an export writes them. Text that is only read stays as it is. */
export interface SiteAddresses {
  address(value: string): string
  /** Those in the attributes of HTML. */
  html(value: string): string
  /** Those in links, pictures and cards of a body. */
  lexical(document: LexicalDocument): LexicalDocument
  /** The same of a body in Ghost's old format. */
  mobiledoc(json: string): string
}

/** `origin` is the blog's public address without a slash at the end. */
export function createSiteAddresses(origin: string): SiteAddresses {
  const address = (value: string): string => {
    if (/^\/(?!\/)/.test(value)) return ownSite + value
    if (value === origin) return `${ownSite}/`
    return value.startsWith(`${origin}/`) ? ownSite + value.slice(origin.length) : value
  }
  const inTag = (tag: string) =>
    tag
      .replace(
        /(?<=\s(?:href|src|poster|action|data-src)\s*=\s*)(["'])(.*?)\1/gis,
        (_all, quote: string, value: string) => quote + address(value) + quote,
      )
      .replace(
        /(?<=\ssrcset\s*=\s*)(["'])(.*?)\1/gis,
        (_all, quote: string, value: string) =>
          quote + value.replace(/[^\s,][^\s]*/g, address) + quote,
      )
  const html = (value: string) => value.replace(/<[a-z][^<>]*>/gi, inTag)
  const markdown = (value: string) =>
    html(value).replace(
      /(\]\(\s*<?)([^\s()<>]+)/g,
      (_all, start: string, target: string) => start + address(target),
    )

  const property = (name: string, value: unknown): unknown => {
    if (typeof value !== 'string') return nested(value)
    if (plainProperties.has(name)) return value
    if (/(?:url|src|href|icon|thumbnail)$/i.test(name)) return address(value)
    return name === 'markdown' ? markdown(value) : html(value)
  }
  const nested = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(nested)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, property(name, inner)]),
    )
  }
  /** `["a", ["href", "/about/"]]` */
  const inMarkup = (markup: unknown): unknown =>
    Array.isArray(markup) && Array.isArray(markup[1])
      ? [markup[0], markup[1].map((part) => (typeof part === 'string' ? address(part) : part))]
      : markup
  return {
    address,
    html,
    lexical: (document) => ({ ...document, root: nested(document.root) as LexicalNode }),
    mobiledoc(json) {
      const parsed: unknown = parseJson(json)
      if (typeof parsed !== 'object' || parsed === null) return json
      const { markups, cards } = parsed as { readonly markups?: unknown; readonly cards?: unknown }
      return JSON.stringify({
        ...parsed,
        ...(Array.isArray(markups) && { markups: markups.map(inMarkup) }),
        ...(Array.isArray(cards) && { cards: cards.map(nested) }),
      })
    },
  }
}

const plainProperties: ReadonlySet<string> = new Set(['type', 'text', 'code', 'language', 'alt'])
