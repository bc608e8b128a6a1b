import type { DatabaseConnection } from '@rose-ash/shared/infrastructure/database'
import { createTestApp, type TestAppOptions } from '@rose-ash/testing/app'
import { createUser } from '@rose-ash/testing/factories/member'
import { createBlogApp } from '../../app.ts'
import { comments } from '../../models/index.ts'

/** The blog with people who read it. Signed in or not, each asks as a browser without scripts does. */
export async function createTestConversation(
  connection: DatabaseConnection,
  config: TestAppOptions['config'] = {},
) {
  const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection, config })
  const { database } = connection

  async function createReader(cookies: Record<string, string> = {}) {
    const html = { accept: 'text/html' }
    return {
      cookies,
      get: (url: string, headers: Record<string, string> = {}) =>
        blog.app.inject({ url, cookies, headers: { ...html, ...headers } }),
      post: (
        url: string,
        form: Record<string, string> | [string, string][] = {},
        headers: Record<string, string> = {},
      ) =>
        blog.app.inject({
          method: 'POST',
          url,
          cookies,
          headers: {
            ...html,
            'content-type': 'application/x-www-form-urlencoded',
            ...headers,
          },
          payload: new URLSearchParams(form).toString(),
        }),
    }
  }

  let members = 0
  async function signIn(name = 'A reader', roles: readonly string[] = []) {
    const email = `member-${(members += 1)}-${Date.now()}@example.org`
    const { id } = await createUser(database, { email, displayName: name, roles })
    const { cookies } = await blog.signIn(email)
    return { ...(await createReader(cookies)), id, name, email }
  }

  return {
    blog,
    stranger: await createReader(),
    signIn,
    /** Somebody who has had a comment published before, so that the next is not held. */
    async signInTrusted(postId: string, name?: string) {
      const member = await signIn(name)
      await createComment({ postId, userId: member.id, createdAt: new Date('2026-01-02') })
      return member
    },
    createComment,
  }

  async function createComment(
    values: Partial<typeof comments.$inferInsert> & { readonly postId: string },
  ): Promise<typeof comments.$inferSelect> {
    const [row] = await database
      .insert(comments)
      .values({
        authorName: 'Somebody',
        html: '<p>Earlier.</p>',
        source: 'Earlier.',
        status: 'published',
        ...values,
      })
      .returning()
    if (!row) throw new Error('PostgreSQL did not return the comment')
    return row
  }
}

/** Which comments a page shows, in order, as `depth name: text`. */
export function shownComments(body: string): readonly string[] {
  return body
    .split('<li class="comment')
    .slice(1)
    .map((part) => {
      const depth = part.startsWith(' comment-reply') ? 1 : 0
      const name = /class="comment-author"[^>]*>([^<]*)</.exec(part)?.[1] ?? '-'
      const text = /<div class="comment-text">([^]*?)<\/div>/.exec(part)?.[1] ?? '-'
      return `${depth} ${name}: ${text.replaceAll(/<\/?p>/g, '')}`
    })
}
