/// <reference lib="dom" />
import { askServer, RefusedError } from './ask-server.ts'

export interface Autosave {
  /** Something is not on the server yet. */
  changed(): void
  /** Whether the server has all of it. */
  readonly isSaved: boolean
  /** Waits for a save that is under way: what is sent next must know its version. */
  settle(): Promise<void>
  /** Whether one is under way. */
  readonly isSaving: boolean
  stop(): void
}

export interface AutosaveOptions {
  readonly form: HTMLFormElement
  /** Asked just before it would be sent. */
  hasChanged(): boolean
  /** `isAll` is false when something was changed while it was on its way. */
  onSaved(answer: SavedAnswer, isAll: boolean): void
  /** Whether what the server has is what was sent before, and only the answer was lost. */
  isOwn(answer: Readonly<Record<string, unknown>>, sent: URLSearchParams): boolean
  /** Somebody else has saved meanwhile: nothing is sent any more. */
  onConflict(message: string, mergeUrl: string | undefined): void
  /** The text is what the server said, when it answered. It is tried again. */
  onFailed(sentence: string | undefined): void
}

export interface SavedAnswer {
  readonly version: number | undefined
  /** Where the form lives; a new post has got one. */
  readonly url: string | undefined
}

const mostPatienceMilliseconds = 60_000
const mostUnanswered = 10

/** Sends the form by itself when it has `data-autosave-url`, ten seconds after a change. */
export function createAutosave(options: AutosaveOptions): Autosave {
  const { form, hasChanged, onSaved, isOwn, onConflict, onFailed } = options
  const patience = Number(form.dataset['autosaveSeconds'] ?? 10) * 1000
  let isSaved = true
  let isStopped = false
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let saving: Promise<void> | undefined
  /** What was sent last and never answered. */
  let unanswered: readonly URLSearchParams[] = []

  const wait = () => {
    if (isStopped || timer || saving || !form.dataset['autosaveUrl']) return
    const milliseconds = Math.min(patience * 2 ** failures, mostPatienceMilliseconds)
    timer = setTimeout(() => {
      timer = undefined
      saving = save().finally(() => {
        saving = undefined
        if (!isSaved) wait()
      })
    }, milliseconds)
  }
  const save = async () => {
    // What is typed while it is on its way is not saved by it.
    isSaved = true
    if (!hasChanged()) return
    const body = bodyOf(form)
    try {
      const url = form.dataset['autosaveUrl'] ?? ''
      const answer = await askServer(url, { method: 'POST', body })
      failures = 0
      unanswered = []
      onSaved(readSaved(answer), isSaved)
    } catch (error) {
      isSaved = false
      const refusal = error instanceof RefusedError ? error : undefined
      if (refusal?.status === 409) {
        if (unanswered.some((sent) => isOwn(refusal.answer, sent))) {
          failures = 0
          unanswered = []
          return onSaved(readSaved(refusal.answer), false)
        }
        isStopped = true
        const { mergeUrl } = refusal.answer
        return onConflict(refusal.message, typeof mergeUrl === 'string' ? mergeUrl : undefined)
      }
      failures += 1
      if (!refusal) unanswered = [...unanswered, body].slice(-mostUnanswered)
      onFailed(refusal?.message)
    }
  }
  return {
    changed() {
      isSaved = false
      wait()
    },
    get isSaved() {
      return isSaved && !saving
    },
    get isSaving() {
      return saving !== undefined
    },
    settle: async () => saving,
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

function bodyOf(form: HTMLFormElement): URLSearchParams {
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') body.append(name, value)
  }
  body.set('autosave', '1')
  return body
}

function readSaved(answer: Readonly<Record<string, unknown>>): SavedAnswer {
  const { version, url } = answer
  return {
    version: typeof version === 'number' ? version : undefined,
    url: typeof url === 'string' ? url : undefined,
  }
}
