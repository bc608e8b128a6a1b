/// <reference lib="dom" />
import { createAutosave } from './autosave.ts'
import { createBars } from './bars.ts'
import { createBlockDialog } from './block-dialog.ts'
import { actionButton, element, shownTime } from './elements.ts'
import { keepLocally } from './keep-locally.ts'
import { createLocalCopies } from './local-copies.ts'
import type { MountPostEditor } from './post-editor.ts'
import { createPostForm } from './post-form.ts'
import { isSameDocument } from './same-document.ts'
import { createSiteAdapters } from './site-adapters.ts'
import { createStatusLine } from './status-line.ts'
import { watchForm } from './watch-form.ts'
import { createWriting } from './writing.ts'

export interface Editing {
  serialize(): string
  stop(): void
}

/** Puts the editor in place of the fallback, with all that is around it. */
export async function startEditing(host: HTMLElement, mount: MountPostEditor): Promise<Editing> {
  const data = host.dataset
  const formElement = host.closest('form')
  const hidden = host.querySelector<HTMLInputElement>('input[name="lexical"]')
  if (!formElement || !hidden) throw new Error('The editor stands in no form of a post.')
  const form = createPostForm(formElement, hidden)
  form.setText('')
  const fallback = host.querySelector<HTMLElement>('[data-fallback]')
  const fields = [...(fallback?.querySelectorAll('textarea') ?? [])]

  const stopping = new AbortController()
  const bars = createBars()
  const status = createStatusLine()
  const surface = createSurface()
  const [adapters] = await Promise.all([
    createSiteAdapters({
      mediaUrl: data['mediaUrl'] ?? '',
      embedsUrl: data['embedsUrl'] ?? '',
      linksUrl: data['linksUrl'] ?? '',
      snippetsUrl: data['snippetsUrl'] ?? '',
    }),
    loadStyle(data['styleUrl'] ?? ''),
  ])
  host.append(bars.element, surface)

  let changed = () => {}
  const writing = await createWriting({
    surface,
    mount,
    adapters,
    document: data['document'] || undefined,
    isSame: isSameDocument,
    onChange: () => changed(),
  }).catch((error: unknown) => {
    surface.remove()
    throw error
  })
  if (data['unsaved'] !== undefined) writing.sendAlways()

  // Whoever was quicker than the script goes on in the plain field.
  if (fields.some((field) => field.value !== field.defaultValue)) {
    writing.destroy()
    surface.remove()
    return { serialize: () => '', stop() {} }
  }
  for (const field of fields) field.disabled = true
  if (fallback) fallback.hidden = true

  const dialog = createBlockDialog(data['blocksUrl'] ?? '', (html) => writing.insertHtml(html))
  const insert = actionButton('Insert block', 'button-quiet button-small', () => dialog.open())
  host.append(element('div', { class: 'post-editor-foot' }, insert, status.element))
  document.body.append(dialog.element)

  const copies = createLocalCopies(data['localKey'] ?? 'post:new')
  const local = keepLocally({ form, writing, copies, bars, status })
  let areFieldsChanged = false
  const autosave = createAutosave({
    form: formElement,
    hasChanged: () => areFieldsChanged || writing.changedText() !== '',
    onSaved(answer, isAll) {
      writing.sendAlways()
      const id = form.followSaved(answer)
      if (id) copies.rename(`post:${id}`)
      if (isAll) local.saved()
      status.say(`Saved at ${shownTime(Date.now())}`)
    },
    isOwn: ({ title, lexical }, sent) =>
      title === sent.get('title')?.trim() &&
      typeof lexical === 'string' &&
      isSameDocument(lexical, sent.get('lexical') ?? ''),
    onConflict(message, mergeUrl) {
      const links = mergeUrl
        ? [element('a', { href: mergeUrl, class: 'button button-small' }, 'See both versions')]
        : []
      bars.show('conflict', message, ...links)
      status.say(local.sentence())
    },
    onFailed: (sentence) => status.say([sentence, local.sentence()].filter(Boolean).join(' ')),
  })

  changed = () => {
    status.count(writing.wordCount)
    if (!writing.isTouched) return
    host.dispatchEvent(new CustomEvent('post-editor:change', { bubbles: true }))
    local.changed()
    autosave.changed()
  }
  status.count(writing.wordCount)

  watchForm({
    form,
    host,
    writing,
    local,
    autosave,
    signal: stopping.signal,
    onField() {
      areFieldsChanged = true
    },
  })
  return {
    serialize: () => writing.text(),
    stop() {
      stopping.abort()
      autosave.stop()
      local.stop()
      dialog.element.remove()
      writing.destroy()
    },
  }
}

/** A form of its own: Enter in a card's field must not send the post, nor its fields go with it. */
function createSurface(): HTMLFormElement {
  const surface = element('form', { class: 'post-editor-surface' })
  surface.addEventListener('submit', (event) => {
    event.preventDefault()
    event.stopPropagation()
  })
  return surface
}

function loadStyle(url: string): Promise<void> {
  if (!url || document.querySelector(`link[href="${url}"]`)) return Promise.resolve()
  return new Promise((resolve) => {
    const link = element('link', { rel: 'stylesheet', href: url })
    // Bare is better than not at all.
    link.addEventListener('load', () => resolve())
    link.addEventListener('error', () => resolve())
    document.head.append(link)
  })
}
