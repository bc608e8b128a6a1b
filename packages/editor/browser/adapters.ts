/// <reference lib="dom" />

export type UploadKind = 'image' | 'video' | 'audio' | 'mediaThumbnail' | 'file'

export interface UploadedFile {
  readonly url: string
  /** The name that the file had where it came from. */
  readonly fileName: string
}

export interface LinkGroup {
  readonly label: string
  readonly items: readonly { readonly title: string; readonly url: string }[]
}

/** A part of a text that is put in again and again; `value` is the editor's own JSON. */
export interface Snippet {
  readonly name: string
  readonly value: string
}

/** What an editor needs of the site around it. Rejections carry a sentence for the author. */
export interface EditorAdapters {
  upload(file: File, kind: UploadKind, onProgress: (percent: number) => void): Promise<UploadedFile>
  /** Of type `bookmark`: `{ url, metadata }`; otherwise an oEmbed answer. */
  fetchEmbed(url: string, type: 'bookmark' | 'embed'): Promise<Readonly<Record<string, unknown>>>
  /** Without a term: the latest. */
  searchLinks(term?: string): Promise<readonly LinkGroup[]>
  readonly snippets: {
    list(): readonly Snippet[]
    create(snippet: Snippet): Promise<void>
    remove(name: string): Promise<void>
    /** Returns how to stop listening. */
    onChange(listener: () => void): () => void
  }
  readonly theme: {
    isDark(): boolean
    /** Returns how to stop listening. */
    onChange(listener: () => void): () => void
  }
  readonly site: { readonly url: string; readonly title: string; readonly description: string }
}
