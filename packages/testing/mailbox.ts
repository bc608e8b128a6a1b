import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startMailServer } from '@rose-ash/local/mailbox/mail-server'
import { listMessages, type Message } from '@rose-ash/local/mailbox/messages'

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
  const stopping: { done?: Promise<void> } = {}
  const stop = () => (stopping.done ??= Promise.resolve(server[Symbol.asyncDispose]()))
  return {
    smtpUrl: `smtp://127.0.0.1:${server.port}`,
    async sentTo(address) {
      const messages = await listMessages(folder)
      return messages.filter(({ to }) => to.toLowerCase().includes(address.toLowerCase()))
    },
    stop,
    async [Symbol.asyncDispose]() {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
