import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

export interface MailServer extends AsyncDisposable {
  readonly port: number
}

/**
 * Takes every mail and delivers none: each becomes a file `<time>-<random>.eml` in the folder, which
 * the mailbox page shows. A mail is acknowledged once its file is complete.
 */
export async function startMailServer(folder: string): Promise<MailServer> {
  mkdirSync(folder, { recursive: true })
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    size: 10 * 1024 * 1024,
    logger: false,
    onData(stream, _session, done) {
      keep(folder, stream).then(
        () => done(),
        (error: Error) => done(error),
      )
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function keep(folder: string, stream: NodeJS.ReadableStream): Promise<void> {
  const name = `${String(Date.now()).padStart(15, '0')}-${randomBytes(4).toString('hex')}`
  const part = join(folder, `${name}.part`)
  await writeFile(part, await buffer(stream))
  await rename(part, join(folder, `${name}.eml`))
}
