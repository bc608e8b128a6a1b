import { createBlogApp } from '@rose-ash/blog/app'
import { startWork } from '@rose-ash/shared/infrastructure/app/work'
import type { DatabaseConnection } from '@rose-ash/shared/infrastructure/database'
import type { Jobs } from '@rose-ash/shared/infrastructure/jobs/jobs'
import { createTestApp } from '@rose-ash/testing/app'
import { launchBrowser } from '@rose-ash/testing/browser'
import { createTestDatabase } from '@rose-ash/testing/database'
import { grantRoles } from '@rose-ash/testing/factories/member'
import type { BrowserContextOptions, Page } from 'playwright-core'

export interface OpenedPage extends AsyncDisposable {
  readonly page: Page
  /** What it said on the console that a sound page does not say, so far. */
  readonly faults: readonly string[]
}

/** The blog alone, listening, and a browser in which an editor is signed in. */
export interface EditorInBrowser extends AsyncDisposable {
  readonly connection: DatabaseConnection
  readonly origin: string
  readonly jobs: Jobs
  open(address: string, options?: BrowserContextOptions): Promise<OpenedPage>
}

/** `works`: with what the blog does behind the scenes. */
export async function startEditorInBrowser({
  works = false,
  roles = ['editor'],
}: {
  readonly works?: boolean
  readonly roles?: readonly string[]
} = {}): Promise<EditorInBrowser> {
  await using parts = new AsyncDisposableStack()
  const connection = parts.use(await createTestDatabase())
  const app = parts.use(await createTestApp({ app: 'blog', create: createBlogApp, connection }))
  const { jobs } = app.dependencies
  if (works) {
    await jobs.start()
    parts.defer(() => jobs.stop())
    parts.use(await startWork(app, app.dependencies, { ownsJobs: false }))
  }
  const { user, cookies } = await app.signIn()
  await grantRoles(connection.database, user.id, roles)
  const { port } = new URL(await app.app.listen({ port: 0, host: '127.0.0.1' }))
  const origin = `http://blog.localhost:${port}`
  const browser = await launchBrowser()
  parts.defer(() => browser.close())
  const all = parts.move()
  return {
    connection,
    origin,
    jobs,
    async open(address, options = {}) {
      const context = await browser.newContext(options)
      const page = await context.newPage()
      const faults: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text())
      })
      page.on('pageerror', (error) => faults.push(error.message))
      const session = { name: 'session', value: cookies['session'] ?? '', url: origin }
      await context.addCookies([session])
      await page.goto(origin + address)
      return { page, faults, [Symbol.asyncDispose]: () => context.close() }
    },
    [Symbol.asyncDispose]: () => all[Symbol.asyncDispose](),
  }
}
