/// <reference lib="dom" />
import type { EditorAdapters } from './adapters.ts'
import type { MountPostEditor, PostEditor } from './post-editor.ts'

/** The text while somebody works on it. */
export interface Writing {
  readonly wordCount: number
  /** Whether somebody has laid a hand on it: until then what changes is the editor's own doing. */
  readonly isTouched: boolean
  text(): string
  /** What to send: empty as long as the server has it, since opening alone changes the JSON. */
  changedText(): string
  isTextOf(document: string): boolean
  /** Puts another document in its place, as a change. */
  replace(document: string): Promise<void>
  insertHtml(html: string): void
  /** From now on what is sent is whole, because what the server had is not known any more. */
  sendAlways(): void
  destroy(): void
}

interface Options {
  readonly surface: HTMLElement
  readonly mount: MountPostEditor
  readonly adapters: EditorAdapters
  readonly document: string | undefined
  readonly isSame: (one: string, other: string) => boolean
  onChange(): void
}

const touches = ['keydown', 'pointerdown', 'beforeinput', 'paste', 'drop', 'input'] as const

export async function createWriting(options: Options): Promise<Writing> {
  const { surface, mount, adapters, isSame } = options
  let editor: PostEditor | undefined
  /** As the editor has it that nobody has touched: it may tidy up for a while after it is there. */
  let untouched = ''
  let isTouched = false
  let sendsAlways = false
  // Serialising takes long for a text with many cards, so it is done when it is asked for.
  const touch = () => {
    if (!isTouched) untouched = text()
    isTouched = true
  }
  for (const name of touches) surface.addEventListener(name, touch, { capture: true })

  const open = async (document: string | undefined) => {
    editor?.destroy()
    const place = window.document.createElement('div')
    surface.replaceChildren(place)
    editor = await mount(place, {
      initialDocument: document,
      adapters,
      onChange: () => options.onChange(),
    })
  }
  const text = () => editor?.serialize() ?? ''

  await open(options.document)
  return {
    get wordCount() {
      return editor?.wordCount ?? 0
    },
    text,
    get isTouched() {
      return isTouched
    },
    changedText() {
      if (!isTouched && !sendsAlways) return ''
      const now = text()
      return sendsAlways || now !== untouched ? now : ''
    },
    isTextOf: (document) => isSame(document, text()),
    async replace(document) {
      touch()
      await open(document)
      options.onChange()
    },
    insertHtml(html) {
      touch()
      editor?.insertHtml(html)
    },
    sendAlways() {
      sendsAlways = true
    },
    destroy() {
      for (const name of touches) surface.removeEventListener(name, touch, { capture: true })
      editor?.destroy()
    },
  }
}
