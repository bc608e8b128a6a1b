/// <reference lib="dom" />
import type { Autosave } from './autosave.ts'
import type { LocalKeeping } from './keep-locally.ts'
import type { PostForm } from './post-form.ts'
import type { Writing } from './writing.ts'

interface Parts {
  readonly form: PostForm
  /** What is in it is the editor's, and tells by itself when it changes. */
  readonly host: HTMLElement
  readonly writing: Writing
  readonly local: LocalKeeping
  readonly autosave: Autosave
  readonly signal: AbortSignal
  /** A field of the form beside the text has been changed. */
  onField(): void
}

/** Puts the text into what the form sends, and sees to it that nothing is lost when the page goes. */
export function watchForm({ form, host, writing, local, autosave, signal, onField }: Parts): void {
  const { element } = form
  let isSending = false

  element.addEventListener(
    'input',
    ({ target }) => {
      if (!(target instanceof Node) || host.contains(target)) return
      onField()
      local.changed()
      autosave.changed()
    },
    { signal },
  )
  element.addEventListener(
    'formdata',
    ({ formData }) => {
      const text = writing.changedText()
      form.setText(text)
      formData.set('lexical', text)
    },
    { signal },
  )
  element.addEventListener(
    'submit',
    (event) => {
      local.flush()
      if (autosave.isSaving) {
        // Its version is not known yet, and without it the post would seem to be somebody else's.
        event.preventDefault()
        void autosave.settle().then(() => element.requestSubmit(event.submitter))
        return
      }
      isSending = true
      autosave.stop()
    },
    { signal },
  )
  window.addEventListener(
    'beforeunload',
    (event) => {
      if (isSending || autosave.isSaved || local.flush()) return
      event.preventDefault()
    },
    { signal },
  )
  // Back from the browser's page cache after it was sent: its version is an old one.
  window.addEventListener('pageshow', ({ persisted }) => persisted && location.reload(), { signal })
  document.addEventListener('visibilitychange', () => local.flush(), { signal })
}
