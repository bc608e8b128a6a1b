import type { CurrentUser } from '@rose-ash/shared/contracts/visitor'
import type { AppConfig } from '@rose-ash/shared/infrastructure/config/schema'
import type { SendNoticeMail } from '@rose-ash/shared/infrastructure/mail/notice-mail'
import type { FastifyRequest } from 'fastify'
import { browserName } from '../../services/browser-name.ts'

/** Tells a member by mail that a passkey was added or removed. Never fails: what was done is done. */
export type TellOfPasskey = (news: {
  readonly user: CurrentUser
  readonly what: 'added' | 'removed'
  readonly name: string
  readonly request: FastifyRequest
}) => Promise<void>

export function createTellOfPasskey(
  sendMail: SendNoticeMail,
  { platform, publicUrls }: Pick<AppConfig, 'platform' | 'publicUrls'>,
): TellOfPasskey {
  return async ({ user, what, name, request }) => {
    const isAdded = what === 'added'
    try {
      await sendMail({
        to: user.email,
        subject: isAdded ? `A new passkey at ${platform.name}` : `A passkey was removed`,
        paragraphs: [
          isAdded
            ? `a passkey was added to your account: ${name}. Whoever has it can sign in as you.`
            : `a passkey was removed from your account: ${name}. It signs nobody in any more.`,
          'If that was not you, sign in, look at your passkeys and devices, and remove what you do not know.',
        ],
        facts: [`${browserName(request.headers['user-agent'])}, from ${request.ip}`],
        link: { label: 'Your passkeys', url: `${publicUrls.federation}/passkeys/` },
      })
    } catch (error) {
      request.log.error({ err: error }, 'a mail about a passkey was not sent')
    }
  }
}
