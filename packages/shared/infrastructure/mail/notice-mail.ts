import type { AppConfig } from '../config/schema.ts'
import type { Render } from '../view/templates.ts'
import type { Mailer } from './mailer.ts'

/** A mail that tells somebody what has happened to their account. */
export interface NoticeMail {
  readonly to: string
  readonly subject: string
  /** Sentences, one paragraph each. */
  readonly paragraphs: readonly string[]
  /** Facts of their own line: "Firefox on Linux, from 203.0.113.7". */
  readonly facts?: readonly string[]
  /** Where to do something about it. */
  readonly link?: { readonly label: string; readonly url: string }
}

/** Throws UnavailableError when the mail server does not take it. */
export type SendNoticeMail = (mail: NoticeMail) => Promise<void>

export function createNoticeMail({
  config,
  render,
  mailer,
}: {
  config: Pick<AppConfig, 'platform'>
  render: Render
  mailer: Mailer
}): SendNoticeMail {
  return async ({ to, subject, paragraphs, facts = [], link }) => {
    const data = { platform: config.platform, subject, paragraphs, facts, link: link ?? null }
    const text = render('mail/notice.text', data)
    await mailer.send({ to, subject, text, html: render('mail/notice.html', data) })
  }
}
