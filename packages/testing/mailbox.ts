import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMailServer } from '@rose-ash/local/mailbox/mail-server'
import { findMessage, type Message } from '@rose-ash/local/mailbox/messages'

/** A mail server of the test's own, which delivers to nobody. */
export interface TestMailbox extends AsyncDisposable {
  readonly smtpUrl: string
  /** What was sent to an address, newest first. */
  sentTo(address: string): Promise<readonly Message[]>
  /** Ends the server; what was sent can still be read. */
  stop(): Promise<void>
}

export async function startTestMailbox(): Promise<TestMailbox> {
  const folder = await mkdtemp(join(tmpdir(), 'rose-ash-mail-'))
  const server = await startMailServer(folder)
  const known = new Map<string, Message>()
  const stopping: { done?: Promise<void> } = {}
  const stop = () => (stopping.done ??= Promise.resolve(server[Symbol.asyncDispose]()))
  return {
    smtpUrl: `smtp://127.0.0.1:${server.port}`,
    async sentTo(address) {
      await readNew(folder, known)
      const isTo = ({ to }: Message) => to.toLowerCase().includes(address.toLowerCase())
      const newestFirst = [...known.values()].toSorted((a, b) => (a.id < b.id ? 1 : -1))
      return newestFirst.filter(isTo)
    },
    stop,
    async [Symbol.asyncDispose]() {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function readNew(folder: string, known: Map<string, Message>): Promise<void> {
  for (const name of await readdir(folder)) {
    const id = name.replace(/\.eml$/, '')
    const message = known.has(id) ? undefined : await findMessage(folder, id)
    if (message) known.set(id, message)
  }
}
