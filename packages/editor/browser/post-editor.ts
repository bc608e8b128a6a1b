/// <reference lib="dom" />
import type { EditorAdapters } from './adapters.ts'

export interface PostEditorOptions {
  /** A Lexical document's JSON in Ghost's node set; undefined for an empty one. */
  readonly initialDocument: string | undefined
  readonly adapters: EditorAdapters
  /** After each change, also those that the editor makes by itself while it opens. */
  onChange(): void
}

/**
 * A prose editor in the page. What it serialises is Ghost's Lexical JSON, whatever it keeps inside.
 * Opening a document may change its JSON: compare with an earlier `serialize()`, never with what was
 * put in.
 */
export interface PostEditor {
  serialize(): string
  readonly wordCount: number
  /** As a block of its own after the one with the cursor; at the end when there is no cursor. */
  insertHtml(html: string): void
  destroy(): void
}

/** Puts an editor into an empty element. Rejects when the document cannot be opened. */
export type MountPostEditor = (
  element: HTMLElement,
  options: PostEditorOptions,
) => Promise<PostEditor>
