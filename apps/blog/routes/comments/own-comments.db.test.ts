import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestConversation } from './test-comments.ts'

const connection = await createTestDatabase()
const { database } = connection
const conversation = await createTestConversation(connection)
const { blog, stranger, signIn, signInTrusted, createComment } = conversation
afterAll(async () => {
  await blog.close()
  await connection.close()
})
beforeEach(() => emptyTables(connection.pool, 'posts', 'comments', 'ap_activities'))

interface Row {
  readonly id: string
  readonly status: string
  readonly html: string
  readonly source: string | null
  readonly parent_id: string | null
  readonly edited_at: Date | null
  readonly author_name: string
}

async function rowsOf(userId: string): Promise<readonly Row[]> {
  const { rows } = await connection.pool.query<Row>(
    `select * from comments where user_id = $1 and created_at > '2026-01-03' order by created_at`,
    [userId],
  )
  return rows
}

/** A post, and where its comments are sent. */
async function createDiscussed(values: Parameters<typeof createPost>[1] = {}) {
  const post = await createPost(database, { slug: 'rye', ...values })
  return { post, url: `/comments/${post.id}/` }
}

describe('whoever wrote a comment', () => {
  test('changes it for fifteen minutes, and all see that it was', async () => {
    const { post, url } = await createDiscussed()
    const member = await signInTrusted(post.id)
    await member.post(url, { text: 'Frist' })
    const [row] = (await rowsOf(member.id)) as [Row]
    const edit = `${url}${row.id}/edit`
    expect((await member.get(edit)).body).toContain('\nFrist</textarea>')
    expect((await stranger.get('/rye/comments/')).body).not.toContain('<span>edited</span>')
    const unchanged = await member.post(edit, { text: 'Frist' })
    expect(unchanged.statusCode).toBe(303)
    expect((await rowsOf(member.id))[0]?.edited_at).toBeNull()
    const wrong = await member.post(edit, { text: '' })
    expect(wrong.statusCode).toBe(422)
    expect(wrong.body).toContain('Please write something first.')
    const { headers } = await member.post(edit, { text: 'First <b>' })
    expect(headers.location).toBe(`${url}${row.id}/`)
    const { body } = await stranger.get('/rye/comments/')
    expect(body).toContain('First &lt;b&gt;')
    expect(body).toContain('<span>edited</span>')

    await connection.pool.query(
      `update comments set created_at = now() - interval '16 minutes' where id = $1`,
      [row.id],
    )
    expect((await member.get(edit)).body).not.toContain('<textarea')
    const late = await member.post(edit, { text: 'Later' })
    expect(late.statusCode).toBe(403)
    expect(late.body).toContain('A comment can be changed for 15 minutes.')
    expect((await rowsOf(member.id))[0]?.source).toBe('First <b>')
  })

  test('deletes it for good: nothing that was said is kept', async () => {
    const { post, url } = await createDiscussed()
    const member = await signInTrusted(post.id)
    await member.post(url, { text: 'Regret' })
    const [row] = (await rowsOf(member.id)) as [Row]
    const reporter = await signIn()
    await reporter.post(`${url}${row.id}/report`, { reason: 'Regrettable' })
    await reporter.post(`/likes/comment/${row.id}/`)
    const deleted = await member.post(`${url}${row.id}/delete`)
    expect([deleted.statusCode, deleted.headers.location]).toEqual([303, '/rye/comments/'])
    expect((await rowsOf(member.id))[0]).toMatchObject({
      status: 'deleted',
      html: '',
      source: null,
      author_name: '',
    })
    const { rows } = await connection.pool.query(
      'select comment_id::text from comment_reports union all select target_id from likes',
    )
    expect(rows).toEqual([])
    expect((await member.get('/rye/comments/')).body).not.toContain('Regret')
    expect((await member.post(`${url}${row.id}/delete`)).statusCode).toBe(404)
    expect((await member.post(`${url}${row.id}/edit`, { text: 'x' })).statusCode).toBe(404)
  })

  test('can still delete it when the post is closed or withdrawn', async () => {
    const { post, url } = await createDiscussed()
    const member = await signInTrusted(post.id)
    await member.post(url, { text: 'Mine' })
    const [row] = (await rowsOf(member.id)) as [Row]
    await connection.pool.query(`update posts set status = 'trashed', takes_comments = false`)
    expect((await member.post(`${url}${row.id}/edit`, { text: 'x' })).statusCode).toBe(404)
    expect((await member.post(`${url}${row.id}/delete`)).statusCode).toBe(303)
    expect((await rowsOf(member.id))[0]?.status).toBe('deleted')
  })

  test('is the only one who can', async () => {
    const { post, url } = await createDiscussed()
    const other = await createPost(database)
    const member = await signInTrusted(post.id)
    const editor = await signIn('Editor', ['editor', 'moderator'])
    const theirs = await createComment({ postId: post.id, userId: member.id })
    for (const person of [await signIn(), editor]) {
      expect((await person.get(`${url}${theirs.id}/edit`)).statusCode).toBe(404)
      expect((await person.post(`${url}${theirs.id}/edit`, { text: 'x' })).statusCode).toBe(404)
      expect((await person.post(`${url}${theirs.id}/delete`)).statusCode).toBe(404)
    }
    const wrongPost = `/comments/${other.id}/${theirs.id}`
    expect((await member.post(`${wrongPost}/delete`)).statusCode).toBe(404)
    expect((await stranger.post(`${url}${theirs.id}/delete`)).statusCode).toBe(401)
    const asked = await stranger.get(`${url}${theirs.id}/edit`)
    expect(asked.headers.location).toContain('/auth/login?next=')
    const { rows } = await connection.pool.query(
      'select status, source from comments where id = $1',
      [theirs.id],
    )
    expect(rows).toEqual([{ status: 'published', source: 'Earlier.' }])
  })
})

test('a member reports what somebody else said, once, with a reason', async () => {
  const { post, url } = await createDiscussed()
  const comment = await createComment({ postId: post.id })
  const member = await signIn('Watchful')
  const report = `${url}${comment.id}/report`
  expect((await stranger.post(report, { reason: 'Rude' })).statusCode).toBe(401)
  expect((await member.post(report, { reason: '' })).statusCode).toBe(400)
  const sent = await member.post(report, { reason: 'Rude' })
  expect(sent.headers.location).toBe(`/rye/comments/#comment-${comment.id}`)
  await member.post(report, { reason: 'Very <rude>' })
  const { rows } = await connection.pool.query('select user_id, reason from comment_reports')
  expect(rows).toEqual([{ user_id: member.id, reason: 'Very <rude>' }])
  const own = await createComment({ postId: post.id, userId: member.id })
  expect((await member.post(`${url}${own.id}/report`, { reason: 'Hm' })).statusCode).toBe(400)
  const hidden = await createComment({ postId: post.id, status: 'hidden' })
  expect((await member.post(`${url}${hidden.id}/report`, { reason: 'Hm' })).statusCode).toBe(404)
})
