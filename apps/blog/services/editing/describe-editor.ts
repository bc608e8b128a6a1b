import type { BundledFiles } from '@rose-ash/editor/bundled-files'
import { blankDocument, type LexicalDocument, type LexicalNode } from '../documents/lexical.ts'
import { findMarkdown } from '../graph/markdown-body.ts'

/** As `partials/post-editor.hbs` shows it, under the name `editor`. */
export interface EditorDescription {
  /** The document's JSON. */
  readonly lexical: string
  /** Null when the body is more than Markdown can say. */
  readonly markdown: string | null
  readonly isMarkdown: boolean
  /** Under which the browser keeps a copy: `post:<id>:<version>`, or `post:new`. */
  readonly localKey: string
  readonly scriptUrl: string
  readonly styleUrl: string
  /** The document was sent and refused: the server does not have it, so it is to be sent again. */
  readonly isUnsaved: boolean
}

/**
 * What the editor begins with. `document` is what the form shows, which after a refusal is what was
 * sent: then `isUnsaved` must be true, or the author's text would not be sent a second time.
 */
export function describeEditor(options: {
  readonly document: LexicalDocument | undefined
  readonly post: { readonly id: string; readonly version: number } | undefined
  readonly files: BundledFiles
  readonly isUnsaved?: boolean
}): EditorDescription {
  const { document = blankDocument, post, files, isUnsaved = false } = options
  const isBlank = (document.root.children ?? []).every(isEmptyParagraph)
  const markdown = isBlank ? '' : findMarkdown(document)
  return {
    lexical: isBlank ? '' : JSON.stringify(document),
    markdown: markdown ?? null,
    isMarkdown: markdown !== undefined,
    localKey: post ? `post:${post.id}:${post.version}` : 'post:new',
    scriptUrl: files.scriptUrl,
    styleUrl: files.styleUrl,
    isUnsaved,
  }
}

function isEmptyParagraph({ type, children }: LexicalNode): boolean {
  return type === 'paragraph' && (children ?? []).length === 0
}
