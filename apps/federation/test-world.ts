import { fileURLToPath } from 'node:url'
import { type AppName, appNames } from '@rose-ash/shared/contracts/apps'
import type { Services } from '@rose-ash/shared/contracts/services'
import { createAppShell } from '@rose-ash/shared/infrastructure/app/create-app'
import type { CreateApp } from '@rose-ash/shared/infrastructure/app/run-server'
import { createCache } from '@rose-ash/shared/infrastructure/cache/create-cache'
import type { AppConfig } from '@rose-ash/shared/infrastructure/config/schema'
import type { DatabaseConnection } from '@rose-ash/shared/infrastructure/database'
import { createInternalClient } from '@rose-ash/shared/infrastructure/internal-client'
import { deriveKey } from '@rose-ash/shared/infrastructure/keys'
import { createLog } from '@rose-ash/shared/infrastructure/log'
import {
  requirePermission,
  requireUser,
} from '@rose-ash/shared/infrastructure/sign-on/require-user'
import { createTestApp, type TestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { findFreePort } from '@rose-ash/testing/free-port'
import { startTestMailbox, type TestMailbox } from '@rose-ash/testing/mailbox'
import { createVisitor, type Visited, type Visitor } from '@rose-ash/testing/visitor'
import { createFederationApp } from './app.ts'

const secretKey = 'the secret key of a sign-on test, long enough'

/** The authorization server and plain clients of it, each on its own port and host. */
export interface World extends AsyncDisposable {
  readonly urls: Readonly<Record<AppName, string>>
  readonly config: Pick<AppConfig, 'publicUrls' | 'internalUrls' | 'secretKey'>
  readonly connection: DatabaseConnection
  readonly mailbox: TestMailbox
  /** How its clients are made. */
  readonly createClient: CreateApp
  app(name: AppName): TestApp
  /** Starts it where it was, with an empty memory; `app(name)` is the new one from then on. */
  restart(name: AppName): Promise<void>
  /** Somebody with a browser of their own, on a network of their own. */
  visitor(options?: { keepsCookies?: boolean }): Visitor
  /** Asks for a link as a visitor does: opens the sign-in of `app`, types the address, reads the mail. */
  askForLink(
    visitor: Visitor,
    options: { app: AppName; email: string; next?: string },
  ): Promise<Asked>
  /** All the way through, and back. */
  signIn(
    visitor: Visitor,
    options: { app: AppName; email: string; next?: string },
  ): Promise<Visited>
  linkIn(email: string): Promise<string>
}

export interface Asked {
  /** The sign-in page. */
  readonly page: Visited
  readonly sent: Visited
  readonly link: string
}

export async function startWorld(options: {
  readonly clients: readonly Exclude<AppName, 'federation'>[]
  readonly services?: Partial<Services>
  /** False: as in a process each, without Redis. */
  readonly sharesCache?: boolean
}): Promise<World> {
  await using parts = new AsyncDisposableStack()
  const connection = parts.use(await createTestDatabase())
  const mailbox = parts.use(await startTestMailbox())
  const names: AppName[] = ['federation', ...options.clients]
  const ports = new Map<AppName, number>()
  for (const name of names) ports.set(name, await findFreePort())
  const url = (host: string, name: AppName) => `http://${host}:${ports.get(name) ?? 9}`
  const config = {
    secretKey,
    publicUrls: mapApps((name) => url(`${name}.localhost`, name)),
    internalUrls: mapApps((name) => url('127.0.0.1', name)),
  }

  // One for all, as in one process or with one Redis: a sign-out is seen everywhere at once.
  const log = createLog({ app: 'local', level: 'silent' })
  const cache = parts.use(createCache({ prefix: 'test', log }))
  const isShared = options.sharesCache ?? true

  const apps = new Map<AppName, TestApp>()
  const launch = async (name: AppName, owner: AsyncDisposableStack) => {
    const app = owner.use(
      await createTestApp({
        app: name,
        connection,
        ...(isShared ? { cache } : {}),
        create: name === 'federation' ? createFederationApp : createClient,
        config: { ...config, trustedProxies: 1, smtpUrl: mailbox.smtpUrl },
        internal: createInternalClient({
          internalUrls: config.internalUrls,
          signatureKey: deriveKey(secretKey, 'internal-signature'),
        }),
        ...(options.services ? { services: options.services } : {}),
      }),
    )
    await app.app.listen({ host: '127.0.0.1', port: ports.get(name)! })
    apps.set(name, app)
  }
  for (const name of names) await launch(name, parts)

  const started = parts.move()
  const visitors = { count: 0 }
  const world: World = {
    urls: config.publicUrls,
    config,
    connection,
    mailbox,
    createClient,
    app: (name) => apps.get(name)!,
    async restart(name) {
      await apps.get(name)?.close()
      await launch(name, started)
    },
    visitor: (visitorOptions = {}) => {
      visitors.count += 1
      const address = `198.51.${Math.floor(visitors.count / 200)}.${(visitors.count % 200) + 1}`
      return createVisitor({ address, ...visitorOptions })
    },
    linkIn: (email) => newestLink(mailbox, email),
    async askForLink(visitor, { app, email, next = '/' }) {
      const page = await visitor.open(
        `${config.publicUrls[app]}/auth/login?next=${encodeURIComponent(next)}`,
      )
      const sent = await visitor.submit(page.url.href, { email })
      return { page, sent, link: await newestLink(mailbox, email) }
    },
    async signIn(visitor, who) {
      const { link } = await world.askForLink(visitor, who)
      return pressButton(visitor, link)
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
  return world
}

/** What the button on the page of a link does. */
export function pressButton(visitor: Visitor, link: string): Promise<Visited> {
  const { origin, pathname, searchParams } = new URL(link)
  return visitor.submit(`${origin}${pathname}`, { token: searchParams.get('token') ?? '' })
}

async function newestLink(mailbox: TestMailbox, email: string): Promise<string> {
  const [newest] = await mailbox.sentTo(email)
  const link = newest?.links[0]
  if (!link) throw new Error(`There is no link for ${email}.`)
  return link
}

/** A client as plain as can be: pages that say who is reading. */
const createClient: CreateApp = async (dependencies) => {
  const { app, identity } = await createAppShell(dependencies, {
    templates: fileURLToPath(new URL('./templates', import.meta.url)),
    fragments: () => ({}),
  })
  const whoIsIt = (email: string | undefined) => `<p>${email ?? 'a stranger'}</p>`
  app.get('/', async (request, reply) => reply.type('text/html').send(whoIsIt(request.user?.email)))
  app.get('/page', async (request, reply) =>
    reply.type('text/html').send(whoIsIt(request.user?.email)),
  )
  app.get('/always', { config: { handshake: 'always' } }, async (request, reply) =>
    reply.type('text/html').send(whoIsIt(request.user?.email)),
  )
  app.get('/private', async (request, reply) =>
    reply.type('text/html').send(whoIsIt(requireUser(request).email)),
  )
  app.post('/private', async (request) => ({ email: requireUser(request).email }))
  app.get('/editors', async (request) => ({
    email: requirePermission(request, 'posts.edit').email,
  }))
  app.post('/keep', async (request, reply) => identity.ensureVisitor(request, reply))
  return { app }
}

function mapApps(value: (name: AppName) => string): Record<AppName, string> {
  return Object.fromEntries(appNames.map((name) => [name, value(name)])) as Record<AppName, string>
}
