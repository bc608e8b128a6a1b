import type { Transporter } from 'nodemailer'
import { UnavailableError } from '../../contracts/errors.ts'
import type { AppConfig } from '../config/schema.ts'

/** A mail to one person, in both shapes: some read text only. */
export interface Mail {
  /** One checked address. */
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /**
   * Where one request says that no more of these mails are wanted, for the mail program's own button
   * (RFC 8058): a POST there, by whomever, needs no sign-in and no confirmation.
   */
  readonly unsubscribeUrl?: string | undefined
  /** The same on every attempt, so that a mail that went out twice is recognised: `<id>@<host>`. */
  readonly messageId?: string | undefined
}

export interface Mailer {
  /**
   * Resolves when the mail server has taken it over. Throws UnavailableError when it has not, after
   * at most a few seconds: somebody is waiting.
   */
  send(mail: Mail): Promise<void>
}

/** Sends over `config.smtpUrl`, each mail on a connection of its own. */
export function createMailer({
  smtpUrl,
  mailFrom,
}: Pick<AppConfig, 'smtpUrl' | 'mailFrom'>): Mailer {
  let opening: Promise<Transporter> | undefined
  /** Loaded with the first mail: most processes send none. */
  const open = async (): Promise<Transporter> => {
    const { createTransport } = await import('nodemailer')
    return createTransport({
      url: smtpUrl,
      connectionTimeout: 4000,
      greetingTimeout: 4000,
      socketTimeout: 6000,
      // A text that holds a path or an address must never make the mailer open it.
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  }
  return {
    async send({ to, subject, text, html, unsubscribeUrl, messageId }) {
      try {
        const transport = await (opening ??= open())
        await transport.sendMail({
          from: mailFrom,
          to: { name: '', address: to },
          subject,
          text,
          html,
          ...(messageId !== undefined && { messageId: `<${messageId}>` }),
          headers: {
            // Keeps holiday messages from answering (RFC 3834).
            'Auto-Submitted': 'auto-generated',
            ...(unsubscribeUrl !== undefined && {
              'List-Unsubscribe': `<${new URL(unsubscribeUrl).href}>`,
              'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
            }),
          },
        })
      } catch (cause) {
        throw new UnavailableError('The mail server did not take the mail.', { cause })
      }
    },
  }
}
