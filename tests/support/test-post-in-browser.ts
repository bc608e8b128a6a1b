import {
  createEditorApp,
  createTestPost,
  type TestPost,
} from '@rose-ash/blog/editor/test-editor-app'
import type { DatabaseConnection } from '@rose-ash/shared/infrastructure/database'
import { createTestApp } from '@rose-ash/testing/app'
import { launchBrowser } from '@rose-ash/testing/browser'
import { createTestDatabase } from '@rose-ash/testing/database'
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'

export interface TestPostInBrowser extends AsyncDisposable {
  readonly post: TestPost
  readonly connection: DatabaseConnection
  /** A browser in which an editor is signed in; what it keeps is its own. */
  newContext(options?: BrowserContextOptions): Promise<BrowserContext>
  /** Opens the form, and waits until the editor is there. */
  open(context: BrowserContext): Promise<Page>
}

/** The editor in a form of its own, listening. */
export async function startTestPostInBrowser(): Promise<TestPostInBrowser> {
  await using parts = new AsyncDisposableStack()
  const connection = parts.use(await createTestDatabase())
  const post = createTestPost()
  const app = parts.use(
    await createTestApp({
      app: 'blog',
      create: (dependencies) => createEditorApp(dependencies, post),
      connection,
    }),
  )
  await app.dependencies.jobs.start()
  parts.defer(() => app.dependencies.jobs.stop())
  const cookies = await app.signInAs('editor')
  const { port } = new URL(await app.app.listen({ port: 0, host: '127.0.0.1' }))
  const origin = `http://blog.localhost:${port}`
  const browser = await launchBrowser()
  parts.defer(() => browser.close())
  const all = parts.move()
  return {
    post,
    connection,
    async newContext(options = {}) {
      const context = await browser.newContext({ baseURL: origin, ...options })
      const session = { name: 'session', value: cookies['session'] ?? '', url: origin }
      await context.addCookies([session])
      return context
    },
    async open(context) {
      const page = await context.newPage()
      await page.goto('/admin/test-post/')
      await page.locator('post-editor[data-state="ready"]').waitFor()
      return page
    },
    [Symbol.asyncDispose]: () => all[Symbol.asyncDispose](),
  }
}
