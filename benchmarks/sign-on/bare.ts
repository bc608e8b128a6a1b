import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '@rose-ash/local/postgres/port'
import { createVisitor } from '@rose-ash/testing/visitor'
import { authorizationUrl } from './flow.ts'
import type { RegisteredClient, Side } from './side.ts'

/** What the process is asked over IPC: to listen, and then for its CPU time in seconds. */
export type BareQuestion = BareOptions | 'cpu'

export interface BareOptions {
  readonly port: number
  readonly issuer: string
  readonly client: RegisteredClient
}

const program = fileURLToPath(new URL('bare-process.ts', import.meta.url))

/** The peer: oidc-provider with its own memory adapter in Fastify, and nothing around it. */
export async function startBare(): Promise<Side> {
  const port = await findFreePort()
  const issuer = `http://bare.localhost:${port}`
  const client = {
    id: 'client',
    secret: randomBytes(32).toString('base64url'),
    redirectUri: 'http://client.localhost:9/auth/callback',
  }
  const child = fork(program)
  await ask(child, { port, issuer, client })
  const side: Side = {
    title: 'oidc-provider, memory',
    issuer,
    client,
    async signIn() {
      const visitor = createVisitor()
      const url = authorizationUrl(side)
      const isBack = (next: URL) => next.href.startsWith(client.redirectUri)
      const signedIn = await visitor.open(url.href, { until: isBack })
      if (!signedIn.location) throw new Error(`the sign-in ended with ${signedIn.status}`)
      return visitor.cookies.headerFor(url)
    },
    cpuSeconds: () => ask(child, 'cpu'),
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
  return side
}

async function ask(child: ChildProcess, question: BareQuestion): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const fail = () => reject(new Error('the peer ended early'))
  child.once('exit', fail).once('message', (seconds) => resolve(Number(seconds)))
  child.send(question)
  try {
    return await promise
  } finally {
    child.off('exit', fail)
  }
}
