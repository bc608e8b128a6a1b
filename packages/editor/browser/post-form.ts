/// <reference lib="dom" />
import type { SavedAnswer } from './autosave.ts'

/** The form that the editor stands in, as far as the editor has to do with it. */
export interface PostForm {
  readonly element: HTMLFormElement
  title(): string
  setTitle(title: string): void
  version(): string
  /** On which version what is sent is built. */
  setVersion(version: string): void
  /** Whether it shows what was sent, brought together with what somebody else had saved. */
  readonly isMerge: boolean
  /** Puts the text where the form sends it from; empty when it has not changed. */
  setText(lexical: string): void
  /** What the server said after it had saved. Returns the post's id when it is new. */
  followSaved(answer: SavedAnswer): string | undefined
}

export function createPostForm(form: HTMLFormElement, text: HTMLInputElement): PostForm {
  const input = (name: string) => {
    const found = form.elements.namedItem(name)
    return found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement
      ? found
      : undefined
  }
  return {
    element: form,
    title: () => input('title')?.value ?? '',
    setTitle(title) {
      const field = input('title')
      if (field) field.value = title
    },
    version: () => input('version')?.value ?? '',
    setVersion: (version) => setVersion(form, input('version'), version),
    isMerge: input('merge_seen') !== undefined,
    setText(lexical) {
      text.value = lexical
    },
    followSaved({ version, url }) {
      if (version !== undefined) setVersion(form, input('version'), String(version))
      // A button of the form is named "action", so `form.action` is that button.
      if (!url || url === form.getAttribute('action')) return undefined
      form.setAttribute('action', url)
      form.dataset['autosaveUrl'] = url
      history.replaceState(history.state, '', url)
      return /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(url)?.[0]
    },
  }
}

function setVersion(
  form: HTMLFormElement,
  field: HTMLInputElement | HTMLTextAreaElement | undefined,
  version: string,
): void {
  if (field) field.value = version
  else {
    const made = document.createElement('input')
    Object.assign(made, { type: 'hidden', name: 'version', value: version })
    form.append(made)
  }
}
