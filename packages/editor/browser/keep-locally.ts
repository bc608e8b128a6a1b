/// <reference lib="dom" />
import type { Bars } from './bars.ts'
import { actionButton, shownTime } from './elements.ts'
import type { LocalCopies, LocalCopy } from './local-copies.ts'
import type { PostForm } from './post-form.ts'
import type { StatusLine } from './status-line.ts'
import type { Writing } from './writing.ts'

/** What survives a crash: the title and the text, in this browser. */
export interface LocalKeeping {
  /** Something has changed: it is kept within a second. */
  changed(): void
  /** Keeps it now. False when the browser keeps nothing. */
  flush(): boolean
  /** The server has it all. */
  saved(): void
  /** Since when the server does not have it, and whether this browser does. */
  sentence(): string
  stop(): void
}

interface Parts {
  readonly form: PostForm
  readonly writing: Writing
  readonly copies: LocalCopies
  readonly bars: Bars
  readonly status: StatusLine
}

const patienceMilliseconds = 1000

/**
 * Also offers what an earlier visit left, when it differs from what the page began with. What is built on
 * an older version keeps saying so, so that the server brings the two together.
 */
export function keepLocally({ form, writing, copies, bars, status }: Parts): LocalKeeping {
  const titleBefore = form.title()
  let changedAt: number | undefined
  let isKept = true
  let timer: ReturnType<typeof setTimeout> | undefined

  const keep = () => {
    clearTimeout(timer)
    timer = undefined
    const text = writing.changedText()
    if (!form.isMerge && text === '' && form.title() === titleBefore) {
      copies.forget()
      changedAt = undefined
      form.setText('')
      return
    }
    form.setText(text)
    isKept = copies.keep({
      at: Date.now(),
      title: form.title(),
      lexical: text || writing.text(),
      version: form.version(),
    })
    if (!form.element.dataset['autosaveUrl']) status.say(sentence())
  }
  const sentence = () =>
    changedAt === undefined
      ? ''
      : `Not saved since ${shownTime(changedAt)}; ${isKept ? 'kept in this browser.' : 'this browser keeps nothing, so please save soon.'}`
  const changed = () => {
    changedAt ??= Date.now()
    timer ??= setTimeout(keep, patienceMilliseconds)
  }

  const isShown = (copy: LocalCopy) => writing.isTextOf(copy.lexical) && copy.title === titleBefore
  copies.forgetNew(isShown)
  const earlier = form.isMerge ? undefined : copies.takeEarlier()
  if (earlier) offer(earlier)

  function offer(copy: LocalCopy): void {
    if (isShown(copy)) {
      copies.forgetEarlier()
      // The same text and the same version: it was sent and refused, so the server does not have it.
      if (copy.version === form.version()) writing.sendAlways()
      return
    }
    const isOlder = copy.version !== form.version()
    const since = ' The post has changed since: when you save, the two are brought together.'
    bars.show(
      'copy',
      `This browser has a copy of ${shownTime(copy.at)} that was not saved.${isOlder ? since : ''}`,
      actionButton('Put back what you had', 'button-small', () => {
        bars.hide('copy')
        form.setTitle(copy.title)
        if (isOlder) form.setVersion(copy.version)
        void writing.replace(copy.lexical).then(() => {
          changed()
          keep()
          copies.forgetEarlier()
        })
      }),
      actionButton('Throw it away', 'button-quiet button-small', () => {
        bars.hide('copy')
        copies.forgetEarlier()
      }),
    )
  }

  return {
    changed,
    flush() {
      if (timer || form.isMerge) keep()
      return isKept
    },
    saved() {
      clearTimeout(timer)
      timer = undefined
      changedAt = undefined
      copies.forget()
    },
    sentence,
    stop: () => clearTimeout(timer),
  }
}
