/// <reference lib="dom" />
import { element } from './elements.ts'
import type { MountPostEditor } from './post-editor.ts'
import { type Editing, startEditing } from './start-editing.ts'

/**
 * `<post-editor>` inside a form, as `partials/post-editor.hbs` makes it. Without this script, and
 * when the editor cannot be opened, what stands in it is shown: a field for Markdown, or a sentence.
 */
export function definePostEditorElement(mount: MountPostEditor): void {
  customElements.define(
    'post-editor',
    class PostEditorElement extends HTMLElement {
      #editing: Editing | undefined

      /** The document as it is now; empty until the editor is there. */
      serialize(): string {
        return this.#editing?.serialize() ?? ''
      }

      connectedCallback(): void {
        this.dataset['state'] = 'opening'
        startEditing(this, mount).then(
          (editing) => {
            this.#editing = editing
            this.dataset['state'] = 'ready'
          },
          (error: unknown) => {
            this.dataset['state'] = 'failed'
            const sentence = 'The editor could not be opened. The text stays as it is.'
            this.append(element('p', { class: 'notice notice-error', role: 'alert' }, sentence))
            reportError(error)
          },
        )
      }

      disconnectedCallback(): void {
        this.#editing?.stop()
        this.#editing = undefined
      }
    },
  )
}
