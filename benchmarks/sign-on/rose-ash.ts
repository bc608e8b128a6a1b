import { randomUUID } from 'node:crypto'
import { clientSecret } from '@rose-ash/shared/infrastructure/sign-on/client-secret'
import { startTestMailbox, type TestMailbox } from '@rose-ash/testing/mailbox'
import { createVisitor } from '@rose-ash/testing/visitor'
import { benchmarkSecretKey, startService } from '../support/service.ts'
import { authorizationUrl } from './flow.ts'
import type { Side } from './side.ts'

/** The federation service as it is deployed, alone. Its client is the blog, which need not be there. */
export async function startRoseAsh(options: {
  /** Migrated. */
  readonly databaseUrl: string
  readonly folder: string
}): Promise<Side> {
  await using parts = new AsyncDisposableStack()
  const mailbox = parts.use(await startTestMailbox())
  const issuerAt = (port: number) => `http://federation.localhost:${port}`
  const blog = 'http://blog.localhost:9'
  const service = parts.use(
    await startService({
      ...options,
      app: 'federation',
      path: '/health',
      environment: (port) => ({
        PUBLIC_URL_FEDERATION: issuerAt(port),
        PUBLIC_URL_BLOG: blog,
        TRUSTED_PROXIES: '1',
        SMTP_URL: mailbox.smtpUrl,
      }),
    }),
  )

  const started = parts.move()
  const side: Side = {
    title: 'Rose Ash, PostgreSQL',
    issuer: issuerAt(service.port),
    client: {
      id: 'blog',
      secret: clientSecret(benchmarkSecretKey, 'blog'),
      redirectUri: `${blog}/auth/callback`,
    },
    signIn: () => signIn(side, mailbox),
    cpuSeconds: () => service.metric('process_cpu_seconds_total'),
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
