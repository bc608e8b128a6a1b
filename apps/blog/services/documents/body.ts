import type { GhostPackages } from './ghost-packages.ts'
import { blankDocument, findDocument, isDocument, type LexicalDocument } from './lexical.ts'
import { convertMobiledoc } from './mobiledoc.ts'

/** The forms in which a source may hold a body; the first that can be read is taken. */
export interface SourceBody {
  readonly lexical?: string | null | undefined
  readonly mobiledoc?: string | null | undefined
  readonly html?: string | null | undefined
}

export interface ReadBody {
  readonly document: LexicalDocument
  readonly format: 'lexical' | 'mobiledoc' | 'html' | 'none'
  /** Sentences for an editor, without the post's name. */
  readonly warnings: readonly string[]
}

/** The body as Lexical. HTML is the last resort: cards in it become plain HTML or are lost. */
export function readBody(body: SourceBody, packages: GhostPackages): ReadBody {
  const warnings: string[] = []
  if (body.lexical) {
    const document = findDocument(body.lexical)
    if (document) return { document, format: 'lexical', warnings }
    warnings.push('its text is damaged in the file and was read from an older form')
  }
  if (body.mobiledoc) {
    const { document, isLegible } = convertMobiledoc(body.mobiledoc, packages)
    if (isLegible) return { document, format: 'mobiledoc', warnings }
    warnings.push('its text in Ghost’s old format is damaged')
  }
  if (body.html?.trim()) {
    return { document: documentOfHtml(body.html, packages), format: 'html', warnings }
  }
  if (warnings.length > 0) warnings.push('nothing of its text could be read, so it is empty here')
  return { document: blankDocument, format: 'none', warnings }
}

/** What stands between `kg-card-begin: html` marks is kept as HTML cards, the rest becomes prose. */
export function documentOfHtml(html: string, packages: GhostPackages): LexicalDocument {
  const document: unknown = packages.htmlToLexical(html)
  return isDocument(document) && (document.root.children ?? []).length > 0
    ? document
    : blankDocument
}
