import { randomBytes } from 'node:crypto'
import type { DatabaseConnection } from '@rose-ash/shared/infrastructure/database'
import { createTestApp, type TestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createBlogApp } from '../../app.ts'
import { integrations } from '../../models/index.ts'
import { contentApiPath } from './routes.ts'

/** For tests: a blog with one integration, and the way to its Content API. */
export interface TestContentApi extends AsyncDisposable {
  readonly blog: TestApp
  readonly connection: DatabaseConnection
  readonly key: string
  /** `ask('posts/', { limit: '2' })`, with the key unless another is given. */
  ask(
    path: string,
    query?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<Asked>
}

export interface Asked {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  // oxlint-disable-next-line typescript/no-explicit-any -- what a program that knows Ghost would read.
  readonly body: any
}

export async function createTestContentApi(
  connection?: DatabaseConnection,
): Promise<TestContentApi> {
  const database = connection ?? (await createTestDatabase())
  const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection: database })
  const key = randomBytes(13).toString('hex')
  await database.database.insert(integrations).values({ name: 'A front end', contentKey: key })
  return {
    blog,
    connection: database,
    key,
    async ask(path, query = {}, headers = {}) {
      const url = `${contentApiPath}/${path}?${new URLSearchParams({ key, ...query })}`
      const answer = await blog.app.inject({ url, headers })
      const body = answer.body === '' ? undefined : answer.json()
      return { status: answer.statusCode, headers: answer.headers, body }
    },
    async [Symbol.asyncDispose]() {
      await blog.close()
      if (!connection) await database.close()
    },
  }
}
