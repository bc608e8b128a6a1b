import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestConversation } from '../comments/test-comments.ts'

const connection = await createTestDatabase()
const { database } = connection
const { blog, stranger, signIn, createComment } = await createTestConversation(connection)
const { likes } = blog.dependencies.services
afterAll(async () => {
  await blog.close()
  await connection.close()
})
beforeEach(() => emptyTables(connection.pool, 'posts', 'comments', 'likes'))

const countLikes = async () =>
  (await connection.pool.query<{ n: number }>('select count(*)::int as n from likes')).rows[0]?.n

describe('the button of a post', () => {
  test('likes and takes it back, leads back to the post, and shows how many like it', async () => {
    const post = await createPost(database, { slug: 'rye' })
    const url = `/likes/post/${post.id}/`
    const [ada, bo] = [await signIn('Ada'), await signIn('Bo')]
    const first = await ada.post(url)
    expect([first.statusCode, first.headers.location]).toEqual([303, '/rye/'])
    await bo.post(url, { want: 'like' })
    const pressed = await ada.get(url)
    expect(pressed.headers['cache-control']).toBe('private, no-store')
    expect(pressed.body).toContain('aria-pressed="true"')
    expect(pressed.body).toContain('aria-label="Like this post, 2 likes"')
    expect((await ada.post(url)).statusCode).toBe(303)
    const again = await ada.get(url)
    expect(again.body).toContain('aria-pressed="false"')
    expect(again.body).toContain('1 like"')
    const seen = await stranger.get(url)
    expect(seen.body).not.toContain('<form')
    expect(seen.body).toContain('href="/auth/login?next&#x3D;%2Frye%2F"')
  })

  test('leads strangers to sign in and back', async () => {
    const post = await createPost(database, { slug: 'rye' })
    const { statusCode, headers } = await stranger.post(`/likes/post/${post.id}/`)
    expect([statusCode, headers.location]).toEqual([303, '/auth/login?next=%2Frye%2F'])
    expect(await countLikes()).toBe(0)
  })

  test('is answered by the new button when it is pressed inside a page', async () => {
    const post = await createPost(database)
    const ada = await signIn()
    const url = `/likes/post/${post.id}/`
    const { body, headers } = await ada.post(url, { want: 'like' }, { 'x-wants-part': 'yes' })
    expect(headers['x-is-part']).toBe('yes')
    expect(body).toContain('aria-pressed="true"')
    expect(body).toContain('value="unlike"')
  })

  test('is not there for what nobody may see', async () => {
    const ada = await signIn('Editor', ['editor'])
    for (const status of ['draft', 'scheduled', 'sent', 'trashed'] as const) {
      const post = await createPost(database, { status })
      expect((await ada.post(`/likes/post/${post.id}/`)).statusCode).toBe(404)
    }
    const { id: postId } = await createPost(database)
    for (const status of ['held', 'hidden', 'deleted'] as const) {
      const { id } = await createComment({ postId, status, userId: ada.id })
      expect((await ada.post(`/likes/comment/${id}/`)).statusCode).toBe(404)
    }
    expect(await countLikes()).toBe(0)
  })
})

test('a comment shows who likes it to nobody but how many to all', async () => {
  const { id: postId } = await createPost(database, { slug: 'rye' })
  const comment = await createComment({ postId, authorName: 'Ada' })
  const other = await createComment({ postId, authorName: 'Bo' })
  const member = await signIn()
  const url = `/likes/comment/${comment.id}/`
  const { headers } = await member.post(url, { want: 'like' })
  expect(headers.location).toBe(`/comments/${postId}/${comment.id}/`)
  const { body } = await member.get('/rye/comments/')
  expect(body.match(/aria-pressed="true"/g)).toHaveLength(1)
  expect(body).toContain('aria-label="Like the comment by Ada, 1 like"')
  expect(body).toContain(`action="/likes/comment/${other.id}/"`)
  expect((await stranger.get('/rye/comments/')).body).not.toContain('class="like"')
})

describe('likes', () => {
  test('count once a member, however often and at once they come', async () => {
    const { id } = await createPost(database)
    const { id: userId } = await signIn()
    const target = { type: 'post', id } as const
    await Promise.all(Array.from({ length: 8 }, () => likes.put(userId, target, true)))
    expect(await countLikes()).toBe(1)
    await Promise.all(Array.from({ length: 8 }, () => likes.put(userId, target, false)))
    expect(await countLikes()).toBe(0)
    await Promise.all(Array.from({ length: 7 }, () => likes.toggle(userId, target)))
    expect(await countLikes()).toBeLessThanOrEqual(1)
  })

  test('are told for many things of one kind, and kinds do not mix', async () => {
    const [ada, bo] = [await signIn(), await signIn()]
    await likes.toggle(ada.id, { type: 'product', id: '1' })
    await likes.toggle(bo.id, { type: 'product', id: '1' })
    await likes.toggle(bo.id, { type: 'product', id: '2' })
    await likes.toggle(bo.id, { type: 'comment', id: '3' })
    const asked = ['1', '2', '3', '4']
    expect(await likes.counts('product', asked)).toEqual(
      new Map([
        ['1', 2],
        ['2', 1],
      ]),
    )
    expect(await likes.likedIds(bo.id, 'product', asked)).toEqual(new Set(['1', '2']))
    expect(await likes.likedIds(ada.id, 'comment', asked)).toEqual(new Set())
    expect(await likes.isLiked(ada.id, { type: 'product', id: '1' })).toBe(true)
    expect(await likes.isLiked(ada.id, { type: 'post', id: '1' })).toBe(false)
    expect(await likes.counts('post', [])).toEqual(new Map())
  })
})
