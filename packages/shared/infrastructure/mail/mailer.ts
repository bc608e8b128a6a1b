import { createTransport } from 'nodemailer'
import { UnavailableError } from '../../contracts/errors.ts'
import type { AppConfig } from '../config/schema.ts'

/** A mail to one person, in both shapes: some read text only. */
export interface Mail {
  /** One checked address. */
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
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
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: 4000,
    greetingTimeout: 4000,
    socketTimeout: 6000,
    // A text that holds a path or an address must never make the mailer open it.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ to, subject, text, html }) {
      try {
        await transport.sendMail({
          from: mailFrom,
          to: { name: '', address: to },
          subject,
          text,
          html,
          // Keeps holiday messages from answering (RFC 3834).
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
      } catch (cause) {
        throw new UnavailableError('The mail server did not take the mail.', { cause })
      }
    },
  }
}
