import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createUser } from '@rose-ash/testing/factories/member'
import { createAuthor, createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestConversation, shownComments } from './test-comments.ts'

const connection = await createTestDatabase()
const { database } = connection
const conversation = await createTestConversation(connection)
const { blog, stranger, signIn, signInTrusted, createComment } = conversation
afterAll(async () => {
  await blog.close()
  await connection.close()
})
beforeEach(() => emptyTables(connection.pool, 'posts', 'comments', 'ap_activities'))

const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 9, minute))

describe('the discussion of a post', () => {
  test('is a place in its page that is the same for everybody, and a page of its own', async () => {
    const post = await createPost(database, { slug: 'rye', title: 'Rye' })
    await createComment({ postId: post.id, authorName: 'Ada', html: '<p>Good bread.</p>' })
    await createComment({ postId: post.id, status: 'held', html: '<p>Not yet.</p>' })
    const member = await signIn()
    for (const reader of [stranger, member]) {
      const { body } = await reader.get('/rye/')
      expect(body).toContain(`data-comments-url="/comments/${post.id}/"`)
      expect(body).toContain('<h2>1 comment</h2>')
      expect(body).toContain('<a href="/rye/comments/" rel="nofollow">Read and write comments</a>')
      expect(body).toContain(`<form class="like" method="post" action="/likes/post/${post.id}/">`)
      expect(body).not.toContain('Good bread.')
      expect(body).not.toContain('<textarea')
      expect(body).not.toContain('aria-pressed="true"')
    }
    const page = await stranger.get('/rye/comments/')
    expect(page.body).toContain('<h1><a class="comments-title" href="/rye/">Rye</a></h1>')
    expect(shownComments(page.body)).toEqual(['0 Ada: Good bread.'])
  })

  test('is sent as a part that nobody keeps, with a form for members and a way in for strangers', async () => {
    const post = await createPost(database, { slug: 'rye' })
    const member = await signIn()
    for (const reader of [stranger, member]) {
      const { headers, body } = await reader.get(`/comments/${post.id}/`)
      expect(headers['cache-control']).toBe('private, no-store')
      expect(body).not.toContain('<html')
      expect(body).toContain('Nobody has said anything yet.')
    }
    const { body } = await stranger.get(`/comments/${post.id}/`)
    expect(body).not.toContain('<form')
    expect(body).toContain('href="/auth/login?next&#x3D;%2Frye%2F%23comments"')
    expect((await member.get(`/comments/${post.id}/`)).body).toContain('name="text"')
  })

  test('has answers under what they answer, and names whom deeper ones answer', async () => {
    const { id: postId } = await createPost(database, { slug: 'rye' })
    const first = await createComment({ postId, authorName: 'Ada', createdAt: at(0) })
    await createComment({ postId, authorName: 'Bo', createdAt: at(1) })
    const answer = await createComment({
      postId,
      parentId: first.id,
      authorName: 'Cy',
      createdAt: at(2),
    })
    const deeper = await createComment({
      postId,
      parentId: answer.id,
      authorName: 'Di',
      createdAt: at(4),
    })
    await createComment({ postId, parentId: first.id, authorName: 'Ed', createdAt: at(3) })
    await createComment({ postId, parentId: deeper.id, authorName: 'Flo', createdAt: at(5) })
    const { body } = await stranger.get('/rye/comments/')
    expect(shownComments(body).map((line) => line.slice(0, -9))).toEqual([
      '0 Ada:',
      '1 Cy:',
      '1 Ed:',
      '1 Di:',
      '1 Flo:',
      '0 Bo:',
    ])
    expect(body).toContain(`in reply to <a href="#comment-${answer.id}" rel="nofollow">Cy</a>`)
    expect(body).toContain(`in reply to <a href="#comment-${deeper.id}" rel="nofollow">Di</a>`)
    expect(body.match(/in reply to/g)).toHaveLength(2)
  })

  test('comes in pages, and each comment has an address that finds it', async () => {
    const { id: postId } = await createPost(database, { slug: 'rye' })
    const made: string[] = []
    for (let number = 0; number < 200; number += 1) {
      const parentId = number % 4 === 3 ? made[number - 3] : undefined
      const { id } = await createComment({
        postId,
        createdAt: at(number),
        authorName: `N${number}`,
        ...(parentId && { parentId }),
      })
      made.push(id)
    }
    const seen: string[] = []
    for (const page of [1, 2, 3, 4]) {
      const { body } = await stranger.get(`/rye/comments/?page=${page}`)
      expect(body).toContain('200 comments')
      expect(body).toContain(`Page ${page} of 4`)
      const shown = shownComments(body)
      expect(shown).toHaveLength(50)
      seen.push(...shown)
    }
    expect(new Set(seen).size).toBe(200)
    expect(seen.filter((line) => line.startsWith('1'))).toHaveLength(50)
    expect((await stranger.get('/rye/comments/?page=5')).statusCode).toBe(404)
    expect((await stranger.get('/rye/comments/?page=x')).statusCode).toBe(200)
    const last = await stranger.get(`/comments/${postId}/${made[198]}/`)
    expect(last.headers.location).toBe(`/rye/comments/?page=4#comment-${made[198]}`)
    const counts = await blog.dependencies.services.comments.counts([postId])
    expect(counts).toEqual(new Map([[postId, 200]]))
  })

  test.each([
    ['a draft', { status: 'draft' }],
    ['one that is scheduled', { status: 'scheduled' }],
    ['one that was sent by mail only', { status: 'sent' }],
    ['one that was thrown away', { status: 'trashed' }],
    ['one that takes no comments', { takesComments: false }],
    ['a page', { type: 'page' }],
  ] as const)('is not there for %s', async (_what, values) => {
    const post = await createPost(database, { slug: 'rye', ...values })
    const { id } = await createComment({ postId: post.id })
    const member = await signInTrusted(post.id)
    const urls = [`/comments/${post.id}/`, '/rye/comments/', `/comments/${post.id}/${id}/`]
    for (const url of urls) expect((await member.get(url)).statusCode).toBe(404)
    expect((await member.post(`/comments/${post.id}/`, { text: 'Hm.' })).statusCode).toBe(404)
    const report = await member.post(`/comments/${post.id}/${id}/report`, { reason: 'Rude.' })
    expect(report.statusCode).toBe(404)
    const like = await member.post(`/likes/comment/${id}/`)
    expect(like.statusCode).toBe(404)
  })

  test('of a gated post is for those who can read it', async () => {
    const byline = await createUser(database, { displayName: 'The baker' })
    const author = await createAuthor(database, { userId: byline.id })
    const post = await createPost(database, {
      slug: 'secret',
      visibility: 'paid',
      authors: [author],
    })
    const { id } = await createComment({ postId: post.id, html: '<p>Between us.</p>' })
    const poor = await signIn()
    const editor = await signIn('An editor', ['editor'])
    for (const reader of [stranger, poor]) {
      for (const url of [`/comments/${post.id}/`, '/secret/comments/']) {
        const { statusCode, body } = await reader.get(url)
        expect(statusCode).toBe(200)
        expect(body).not.toContain('Between us.')
        expect(body).not.toContain('name="text"')
        expect(body).toContain('The comments are for those who can read the whole post.')
      }
      expect((await reader.get('/secret/')).body).not.toContain('1 comment')
    }
    // Who is signed out may be one of them, and come from a mail.
    expect((await stranger.get(`/comments/${post.id}/${id}/`)).headers.location).toMatch(
      /^\/auth\/login\?next=/,
    )
    expect((await poor.get(`/comments/${post.id}/${id}/`)).statusCode).toBe(404)
    expect((await poor.post(`/comments/${post.id}/`, { text: 'Me too' })).statusCode).toBe(403)
    expect((await poor.post(`/likes/post/${post.id}/`)).statusCode).toBe(403)
    expect((await editor.get('/secret/comments/')).body).toContain('Between us.')
    const paying = await signIn('A supporter')
    await connection.pool.query(
      `with tier as (insert into tiers (slug, name, type) values ('gold', 'Gold', 'paid') returning id)
       insert into memberships (user_id, tier_id, standing) select $1, id, 'paid' from tier`,
      [paying.id],
    )
    expect((await paying.get('/secret/comments/')).body).toContain('Between us.')
    expect((await paying.post(`/comments/${post.id}/`, { text: 'Hello' })).statusCode).toBe(303)
  })
})

describe('what moderators and authors took away', () => {
  test.each(['held', 'hidden', 'deleted'] as const)('is not shown while %s', async (status) => {
    const { id: postId } = await createPost(database, { slug: 'rye' })
    const writer = await signIn('Writer')
    const secret = await createComment({
      postId,
      userId: writer.id,
      status,
      html: '<p>Secret words.</p>',
      authorName: 'Writer',
    })
    const member = await signIn()
    for (const reader of [stranger, member]) {
      const { body } = await reader.get('/rye/comments/')
      expect(body).not.toContain('Secret words.')
      expect(body).not.toContain('Writer')
      expect(shownComments(body)).toEqual([])
      expect((await reader.get('/rye/')).body).toContain('<h2>Comments</h2>')
      const place = await reader.get(`/comments/${postId}/${secret.id}/`)
      expect(place.statusCode).toBe(404)
    }
    const counts = await blog.dependencies.services.comments.counts([postId])
    expect(counts.size).toBe(0)
    const own = await writer.get('/rye/comments/')
    expect(own.body.includes('Secret words.')).toBe(status === 'held')
    expect(own.body.includes('Only you see this')).toBe(status === 'held')
  })

  test('keeps its place, without its words and name, when it was answered', async () => {
    const { id: postId } = await createPost(database, { slug: 'rye' })
    for (const status of ['hidden', 'deleted', 'held'] as const) {
      const parent = await createComment({
        postId,
        status,
        authorName: 'Gone',
        html: '<p>Gone words.</p>',
      })
      const answer = await createComment({ postId, parentId: parent.id, authorName: 'Ada' })
      await createComment({ postId, parentId: answer.id, authorName: 'Bo', html: '<p>Yes.</p>' })
    }
    const { body } = await stranger.get('/rye/comments/')
    expect(body).not.toContain('Gone')
    expect(shownComments(body).filter((line) => line === '0 -: -')).toHaveLength(3)
    expect(shownComments(body)).toHaveLength(9)
    expect(body).toContain('This comment has been deleted.')
    expect(body.match(/This comment is not shown\./g)).toHaveLength(2)
    expect(body).toContain('6 comments')
  })
})

test('a preview has no place for a discussion or likes', async () => {
  const post = await createPost(database, { slug: 'rye', status: 'draft' })
  const editor = await signIn('Editor', ['editor'])
  const { headers } = await editor.get(`/admin/posts/${post.id}/preview`)
  const { statusCode, body } = await editor.get(String(headers.location))
  expect(statusCode).toBe(200)
  expect(body).not.toMatch(/data-comments-url|data-part-url|comments\.\w+\.js/)
})

test('a comment goes with its post, and one under a deleted post cannot be written', async () => {
  const post = await createPost(database, { slug: 'rye' })
  const member = await signInTrusted(post.id)
  await connection.pool.query('delete from posts where id = $1', [post.id])
  expect((await member.post(`/comments/${post.id}/`, { text: 'Late' })).statusCode).toBe(404)
  const { rows } = await connection.pool.query('select 1 from comments')
  expect(rows).toHaveLength(0)
})

test('an address that is none is answered as one that nobody has', async () => {
  const post = await createPost(database)
  const member = await signIn()
  for (const url of [
    '/comments/nobody/',
    `/comments/${post.id}/nobody/`,
    `/comments/${crypto.randomUUID()}/`,
    `/comments/${post.id}/${crypto.randomUUID()}/`,
    `/comments/${post.id}/${crypto.randomUUID()}/edit`,
    '/nobody/comments/',
    '/likes/product/1/',
    '/likes/post/1/',
    `/likes/comment/${crypto.randomUUID()}/`,
  ]) {
    expect((await member.get(url)).statusCode).toBe(404)
  }
})
