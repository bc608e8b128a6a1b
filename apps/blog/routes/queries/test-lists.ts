import type { DatabaseConnection } from '@rose-ash/shared/infrastructure/database'
import { createLog } from '@rose-ash/shared/infrastructure/log'
import { createTestApp } from '@rose-ash/testing/app'
import { grantRoles } from '@rose-ash/testing/factories/member'
import { createPost } from '@rose-ash/testing/factories/post'
import { createBlogApp } from '../../app.ts'
import type { Edge } from '../../graph/edges.ts'
import { objectName, typeName } from '../../services/graph/names.ts'
import { createGraphAccess, type Graph } from '../../services/graph/open-graph.ts'
import type { ListRow } from '../../services/queries/list-changes.ts'
import { createQuery, type SavedQuery } from '../../services/queries/saved-query.ts'

/** The blog with a graph beside it, as another process would have it: the app learns of its writes by notification. */
export interface TestLists extends AsyncDisposable {
  readonly graph: Graph
  readonly origin: string
  /** A type of its own, and a list of what is of it. */
  createList(values?: Partial<SavedQuery>): Promise<TestList>
  createOf(type: string, title: string, status?: 'published' | 'draft'): Promise<TestEntry>
  read(url: string, cookies?: Record<string, string>): Promise<{ status: number; body: string }>
  signInAsEditor(): Promise<Record<string, string>>
}

export interface TestList {
  readonly query: SavedQuery
  readonly type: string
  readonly url: string
}

export interface TestEntry {
  readonly id: string
  readonly edge: Edge
  readonly row: ListRow
}

/** The connection stays the caller's to close. */
export async function createTestLists(connection: DatabaseConnection): Promise<TestLists> {
  const app = await createTestApp({ app: 'blog', create: createBlogApp, connection })
  const log = createLog({ app: 'blog', level: 'silent' })
  const access = createGraphAccess({ connection, log })
  const graph = await access.open()
  const origin = await app.app.listen({ port: 0, host: '127.0.0.1' })
  let made = 0
  return {
    graph,
    origin,
    async createList(values) {
      made += 1
      const type = typeName(`kind-${made}`)
      await graph.edges.add({ source: type, kind: 'subtype-of', target: typeName('article') })
      const query: SavedQuery = {
        slug: `list-${made}`,
        title: 'Soups <b>',
        description: 'All that can be spooned.',
        text: `?- instance(P, "${type}").`,
        limit: 50,
        isPublic: true,
        order: 'title',
        ...values,
      }
      await createQuery(graph.store, query)
      return { query, type, url: `/lists/${query.slug}/` }
    },
    async createOf(type, title, status = 'published') {
      const { id, slug } = await createPost(connection.database, { title, status })
      const edge = { source: objectName('post', id), kind: 'is-a', target: type }
      await graph.edges.add(edge)
      return { edge, id, row: { name: edge.source, title, url: `/${slug}/`, kind: '' } }
    },
    async read(url, cookies = {}) {
      const answer = await app.app.inject({ url, cookies, headers: { accept: 'text/html' } })
      return { status: answer.statusCode, body: answer.body }
    },
    async signInAsEditor() {
      const { user, cookies } = await app.signIn(`editor-${(made += 1)}@example.org`)
      await grantRoles(connection.database, user.id, ['editor'])
      return cookies
    },
    async [Symbol.asyncDispose]() {
      await access[Symbol.asyncDispose]()
      await app.close()
    },
  }
}
