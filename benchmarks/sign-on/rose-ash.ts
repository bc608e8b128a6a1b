import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '@rose-ash/local/postgres/port'
import { clientSecret } from '@rose-ash/shared/infrastructure/sign-on/client-secret'
import { startTestMailbox, type TestMailbox } from '@rose-ash/testing/mailbox'
import { createVisitor } from '@rose-ash/testing/visitor'
import { authorizationUrl } from './flow.ts'
import type { Side } from './side.ts'

const workspace = fileURLToPath(new URL('../..', import.meta.url))
const secretKey = 'the secret key of a benchmark, long enough'

/** The federation service as it is deployed, alone. Its client is the blog, which need not be there. */
export async function startRoseAsh(options: {
  /** Migrated. */
  readonly databaseUrl: string
  readonly folder: string
}): Promise<Side> {
  await using parts = new AsyncDisposableStack()
  const mailbox = parts.use(await startTestMailbox())
  const [port, metricsPort] = [await findFreePort(), await findFreePort()]
  const issuer = `http://federation.localhost:${port}`
  const blog = 'http://blog.localhost:9'
  const child = spawn(process.execPath, ['apps/federation/server.ts'], {
    cwd: workspace,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      HOST: '127.0.0.1',
      PORT: String(port),
      METRICS_HOST: '127.0.0.1',
      METRICS_PORT: String(metricsPort),
      PUBLIC_URL_FEDERATION: issuer,
      PUBLIC_URL_BLOG: blog,
      TRUSTED_PROXIES: '1',
      DATABASE_URL: options.databaseUrl,
      SECRET_KEY: secretKey,
      SMTP_URL: mailbox.smtpUrl,
      MEDIA_FOLDER: `${options.folder}/media`,
      LOG_LEVEL: 'warn',
    },
  })
  parts.defer(async () => {
    if (child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.kill()
    await ended
  })
  while (!(await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined))?.ok) {
    if (child.exitCode !== null) throw new Error('the federation service did not start')
    await delay(20)
  }

  const started = parts.move()
  const side: Side = {
    title: 'Rose Ash, PostgreSQL',
    issuer,
    client: {
      id: 'blog',
      secret: clientSecret(secretKey, 'blog'),
      redirectUri: `${blog}/auth/callback`,
    },
    signIn: () => signIn(side, mailbox),
    async cpuSeconds() {
      const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
      return Number(/^process_cpu_seconds_total (\S+)$/m.exec(metrics)?.[1])
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
  return side
}

/** By the link in a mail, as members do. Each comes from a network of their own. */
async function signIn(side: Side, mailbox: TestMailbox): Promise<string> {
  const email = `${randomUUID()}@example.org`
  const [a, b] = Buffer.from(email).subarray(0, 2)
  const visitor = createVisitor({ address: `198.51.${a}.${b}` })
  const url = authorizationUrl(side)
  const page = await visitor.open(url.href)
  await visitor.submit(page.url.href, { email })
  const [mail] = await mailbox.sentTo(email)
  const link = new URL(mail?.links[0] ?? '')
  const token = link.searchParams.get('token') ?? ''
  const isBack = (next: URL) => next.href.startsWith(side.client.redirectUri)
  const signedIn = await visitor.submit(link.origin + link.pathname, { token }, { until: isBack })
  if (!signedIn.location) throw new Error(`the sign-in ended with ${signedIn.status}`)
  return visitor.cookies.headerFor(url)
}
