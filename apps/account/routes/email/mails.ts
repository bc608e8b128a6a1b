import type { AppConfig } from '@rose-ash/shared/infrastructure/config/schema'
import type { NoticeMail } from '@rose-ash/shared/infrastructure/mail/notice-mail'
import { linkMinutes } from '../../services/email-changes.ts'

type Config = Pick<AppConfig, 'platform' | 'publicUrls'>

/** To the address that is to be the member's. Whoever asks learns nothing of other accounts. */
export function mailToNew(
  { platform, publicUrls }: Config,
  { email, token, isTaken }: { email: string; token: string; isTaken: boolean },
): NoticeMail {
  const subject = `Your address at ${platform.name}`
  if (isTaken) {
    return {
      to: email,
      subject,
      paragraphs: [
        `somebody wants to use this address for their account at ${platform.name}. It has an account of its own already, so nothing is changed.`,
        'If that was you, sign in with this address instead. If it was not, leave this mail alone.',
      ],
    }
  }
  const url = new URL(`${publicUrls.account}/details/email/confirm`)
  url.searchParams.set('token', token)
  return {
    to: email,
    subject,
    paragraphs: [
      `open this page in the browser where you are signed in at ${platform.name}, and press its button. From then on this is the address of your account.`,
      `It works once, within ${linkMinutes} minutes. If you have asked for nothing, leave this mail alone.`,
    ],
    link: { label: 'Use this address', url: url.href },
  }
}

/** To the address that was. */
export function mailToOld(
  { platform, publicUrls }: Config,
  { email, before }: { email: string; before: string },
): NoticeMail {
  return {
    to: before,
    subject: `Your address at ${platform.name} has changed`,
    paragraphs: [
      `the address of your account is ${email} now. Links to sign in go there, and no longer here.`,
      'If that was not you, answer this mail at once, and we set it right.',
    ],
    link: { label: 'Your devices', url: `${publicUrls.account}/devices/` },
  }
}
