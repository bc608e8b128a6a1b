import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Message {
  readonly id: string
  readonly subject: string
  readonly from: string
  readonly to: string
  readonly sentAt: Date
  readonly text: string
  /** Empty when the mail is text only. */
  readonly html: string
  /** `name: value`, as they came. */
  readonly headers: readonly string[]
  /** Links in the text, so that they can be followed. */
  readonly links: readonly string[]
}

const shownMessages = 100
const idPattern = /^\d{15}-[0-9a-f]{8}$/

/** The newest hundred, newest first. */
export async function listMessages(folder: string): Promise<readonly Message[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml'))
  const newest = names.toSorted().toReversed().slice(0, shownMessages)
  return Promise.all(newest.map((name) => readMessage(folder, name.slice(0, -4))))
}

/** Undefined when there is no such mail. */
export async function findMessage(folder: string, id: string): Promise<Message | undefined> {
  if (!idPattern.test(id)) return undefined
  try {
    return await readMessage(folder, id)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function readMessage(folder: string, id: string): Promise<Message> {
  // Large, and not needed to start.
  const { simpleParser } = await import('mailparser')
  const mail = await simpleParser(await readFile(join(folder, `${id}.eml`)))
  const text = mail.text ?? ''
  return {
    id,
    subject: mail.subject ?? '(no subject)',
    from: mail.from?.text ?? '',
    to: [mail.to ?? []]
      .flat()
      .map((address) => address.text)
      .join(', '),
    sentAt: mail.date ?? new Date(Number(id.slice(0, 15))),
    text,
    html: mail.html || '',
    headers: mail.headerLines.map(({ line }) => line.replaceAll(/\r?\n[ \t]+/g, ' ')),
    links: [...new Set(text.match(/https?:\/\/[^\s<>"]+/g) ?? [])],
  }
}
