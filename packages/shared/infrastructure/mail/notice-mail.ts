import type { AppConfig } from '../config/schema.ts'
import type { Render } from '../view/templates.ts'
import type { Mail, Mailer } from './mailer.ts'

/** A mail that tells somebody what has happened: to their account, or in a discussion of theirs. */
export interface NoticeMail extends Pick<Mail, 'to' | 'subject' | 'unsubscribeUrl' | 'messageId'> {
  /** Sentences, one paragraph each. */
  readonly paragraphs: readonly string[]
  /** Facts of their own line: "Firefox on Linux, from 203.0.113.7". */
  readonly facts?: readonly string[]
  /** What others have said. */
  readonly quotes?: readonly Quote[]
  /** Where to do something about it. */
  readonly link?: { readonly label: string; readonly url: string }
}

export interface Quote {
  /** Who said it, and where. */
  readonly heading: string
  readonly lines: readonly string[]
  readonly link: { readonly label: string; readonly url: string }
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
  return async ({ paragraphs, facts = [], quotes = [], link, ...envelope }) => {
    const { subject, unsubscribeUrl = null } = envelope
    const body = { subject, paragraphs, facts, quotes, link: link ?? null, unsubscribeUrl }
    const data = { platform: config.platform, ...body }
    const text = render('mail/notice.text', data)
    await mailer.send({ ...envelope, text, html: render('mail/notice.html', data) })
  }
}
