import type { TestApp } from '@rose-ash/testing/app'
import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createBlogApp } from '../../../app.ts'

type Answer = Awaited<ReturnType<TestApp['app']['inject']>>
type Form = Readonly<Record<string, string | readonly string[]>>

interface PostOptions {
  readonly cookies?: Record<string, string>
  readonly accept?: string
}

/** A blog on a database of its own, and an editor who works on its posts by their forms. */
export interface WritingDesk extends AsyncDisposable {
  readonly blog: TestApp
  readonly connection: Awaited<ReturnType<typeof createTestDatabase>>
  /** As the editor, unless other cookies are given. */
  get(url: string, cookies?: Record<string, string>): Promise<Answer>
  post(url: string, form: Form, options?: PostOptions): Promise<Answer>
  /** Writes a post and returns its address in the admin. */
  write(form: Readonly<Record<string, string>>): Promise<string>
  /** The whole form, as the page sends it. */
  save(url: string, form: Form): Promise<Answer>
  /** The row of a post by its address in the admin. */
  rowOf(url: string): Promise<Record<string, unknown>>
  /** Whether a stranger may read what is there. */
  isPublic(path: string): Promise<boolean>
  clear(): Promise<void>
}

export async function openWritingDesk(): Promise<WritingDesk> {
  const connection = await createTestDatabase()
  const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection })
  await blog.dependencies.jobs.start()
  const editor = await blog.signInAs('editor')

  const get = (url: string, cookies: Record<string, string> = editor) =>
    blog.app.inject({ url, cookies, headers: { accept: 'text/html' } })
  const post: WritingDesk['post'] = (url, form, options = {}) => {
    const { cookies = editor, accept = 'text/html' } = options
    const fields = Object.entries(form).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : value.map((one) => [name, one]),
    )
    return blog.app.inject({
      method: 'POST',
      url,
      cookies,
      headers: { accept, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    })
  }
  return {
    blog,
    connection,
    get,
    post,
    async write(form) {
      const answer = await post('/admin/posts/new', { whole: '1', status: 'draft', ...form })
      if (answer.statusCode !== 303) throw new Error(answer.body)
      return String(answer.headers['location'])
    },
    save: (url, form) => post(url, { whole: '1', ...form }),
    async rowOf(url) {
      const { rows } = await connection.pool.query('select * from posts where id = $1', [
        url.split('/')[3],
      ])
      return rows[0]
    },
    isPublic: async (path) => (await get(path, {})).statusCode === 200,
    async clear() {
      await connection.pool.query(`delete from posts where type in ('post', 'page')`)
    },
    async [Symbol.asyncDispose]() {
      await blog.dependencies.jobs.stop()
      await blog.close()
      await connection.close()
    },
  }
}
