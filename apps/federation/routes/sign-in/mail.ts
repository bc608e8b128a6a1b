import type { AppConfig } from '@rose-ash/shared/infrastructure/config/schema'
import type { Mailer } from '@rose-ash/shared/infrastructure/mail/mailer'
import { createFormats } from '@rose-ash/shared/infrastructure/view/format'
import type { Render } from '@rose-ash/shared/infrastructure/view/templates'
import { linkMinutes } from '../../services/magic-links.ts'

export interface SignInMail {
  readonly to: string
  readonly url: string
  readonly askedFrom: string
  /** Host of the app that the member is going to. */
  readonly destination: string
}

/** Sends the mail with the link. Throws UnavailableError when the mail server does not take it. */
export type SendSignInMail = (mail: SignInMail) => Promise<void>

export function createSignInMail(options: {
  config: Pick<AppConfig, 'platform'>
  render: Render
  mailer: Mailer
}): SendSignInMail {
  const { render, mailer } = options
  const { platform } = options.config
  const formats = createFormats(platform)

  return async ({ to, url, askedFrom, destination }) => {
    const now = new Date()
    const subject = `Sign in at ${platform.name}`
    const data = {
      platform,
      subject,
      url,
      askedFrom,
      destination,
      minutes: linkMinutes,
      askedAt: `${formats.date(now, 'long')}, ${formats.date(now, 'time')} (${platform.timeZone})`,
    }
    await mailer.send({
      to,
      subject,
      text: render('mail/sign-in.text', data),
      html: render('mail/sign-in.html', data),
    })
  }
}
