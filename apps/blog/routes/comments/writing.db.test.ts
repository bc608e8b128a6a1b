import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
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

describe('a comment', () => {
  test('of a new member is held and seen by them alone; the next after a published one is not', async () => {
    const { url } = await createDiscussed()
    const member = await signIn('Newcomer')
    const sent = await member.post(url, { text: 'May I?' })
    const [held] = await rowsOf(member.id)
    expect(sent.statusCode).toBe(303)
    expect(sent.headers.location).toBe(`/rye/comments/#comment-${held?.id}`)
    expect(held?.status).toBe('held')
    expect((await stranger.get('/rye/comments/')).body).not.toContain('May I?')
    expect((await member.get('/rye/comments/')).body).toContain('Only you see this')
    await member.post(url, { text: 'And this?' })
    expect((await rowsOf(member.id)).map(({ status }) => status)).toEqual(['held', 'held'])

    await connection.pool.query(`update comments set status = 'published' where id = $1`, [
      held?.id,
    ])
    await member.post(url, { text: 'Thank you.' })
    expect((await rowsOf(member.id)).at(-1)?.status).toBe('published')
    expect((await stranger.get('/rye/comments/')).body).toContain('Thank you.')
    expect((await stranger.get('/rye/')).body).toContain('<h2>2 comments</h2>')
  })

  test('of whoever looks after the post is never held', async () => {
    const editor = await signIn('Editor', ['editor'])
    const moderator = await signIn('Moderator', ['moderator'])
    const writer = await signIn('Writer')
    const byline = await createAuthor(database, { userId: writer.id })
    const { url } = await createDiscussed({ authors: [byline] })
    for (const person of [editor, moderator, writer]) await person.post(url, { text: 'Welcome.' })
    const { body } = await stranger.get('/rye/comments/')
    expect(shownComments(body)).toHaveLength(3)
    expect(body.match(/>Author<\/span>/g)).toHaveLength(1)
  })

  test('tells the other services once, when it can be read', async () => {
    const { post, url } = await createDiscussed()
    const parent = await createComment({ postId: post.id })
    const trusted = await signInTrusted(post.id)
    await (await signIn()).post(url, { text: 'Held.' })
    await trusted.post(url, { text: 'Read me.', parent: parent.id })
    await trusted.post(url, { text: 'Read me.', parent: parent.id })
    const { rows } = await connection.pool.query(
      'select type, visibility, actor_user_id, object_id, payload from ap_activities',
    )
    const [{ id }] = (await rowsOf(trusted.id)) as [Row]
    expect(rows).toEqual([
      {
        type: 'CommentPublished',
        visibility: 'internal',
        actor_user_id: trusted.id,
        object_id: id,
        payload: { postId: post.id, parentId: parent.id },
      },
    ])
  })

  test('is text with paragraphs, line breaks and links, and never markup', async () => {
    const { post, url } = await createDiscussed()
    const member = await signInTrusted(post.id)
    const text =
      '<script>alert(1)</script>\r\nSee https://example.org/a?b=1&c=2.\n\n<img src=x onerror=alert(1)> javascript:alert(1) "quoted" {{user}} &amp;'
    await member.post(url, { text })
    const [row] = await rowsOf(member.id)
    expect(row?.html).toBe(
      '<p>&lt;script&gt;alert(1)&lt;/script&gt;<br>See <a href="https://example.org/a?b=1&amp;c=2" rel="nofollow ugc noopener">https://example.org/a?b=1&amp;c=2</a>.</p>' +
        '<p>&lt;img src=x onerror=alert(1)&gt; javascript:alert(1) &quot;quoted&quot; {{user}} &amp;amp;</p>',
    )
    const { body } = await stranger.get('/rye/comments/')
    expect(body).toContain(row?.html)
    expect(body).not.toContain('<img src=x')
  })

  test('shows a name as it is written, never as markup', async () => {
    const { post, url } = await createDiscussed()
    const member = await signInTrusted(post.id, '<b onclick="x">Bo</b>')
    await member.post(url, { text: 'Hello.' })
    for (const reader of [stranger, await signIn()]) {
      const { body } = await reader.get('/rye/comments/')
      expect(body).not.toContain('<b onclick')
      expect(body).toContain('&lt;b onclick')
    }
  })

  test.each([
    ['nothing', ' \n ', 'Please write something first.'],
    ['what nobody can see', '\u200B\u2060', 'Please write something first.'],
    ['too much', 'a'.repeat(5001), 'A comment has 5,000 characters at most; this one has 5,001.'],
    ['a control character', 'a\u0000b', 'There is a control character in it'],
    ['what turns a line around', 'a\u202Eb', 'There is a control character in it'],
  ])(
    'with %s is refused where it was written, and kept in its field',
    async (_what, text, error) => {
      const { post, url } = await createDiscussed()
      const member = await signInTrusted(post.id)
      const { statusCode, body } = await member.post(url, { text })
      expect(statusCode).toBe(422)
      expect(body).toContain(`id="new-comment-error">${error}`)
      expect(body).toContain('aria-invalid="true"')
      if (text.startsWith('aaa')) expect(body).toContain(`\n${text}</textarea>`)
      expect(await rowsOf(member.id)).toEqual([])
    },
  )

  test('of 5,000 characters is taken, counted as people count', async () => {
    const { post, url } = await createDiscussed()
    const member = await signInTrusted(post.id)
    expect((await member.post(url, { text: '🌾'.repeat(5000) })).statusCode).toBe(303)
  })

  test('answers another of the same post that can be read', async () => {
    const { post, url } = await createDiscussed()
    const other = await createPost(database)
    const member = await signInTrusted(post.id)
    const parent = await createComment({ postId: post.id, authorName: 'Ada' })
    await member.post(url, { text: 'Quite.', parent: parent.id })
    expect((await rowsOf(member.id))[0]?.parent_id).toBe(parent.id)

    const elsewhere = await createComment({ postId: other.id })
    const hidden = await createComment({ postId: post.id, status: 'hidden' })
    const held = await createComment({ postId: post.id, status: 'held' })
    for (const wrong of [elsewhere.id, hidden.id, held.id, crypto.randomUUID()]) {
      const { statusCode, body } = await member.post(url, { text: 'Lost.', parent: wrong })
      expect(statusCode).toBe(409)
      expect(body).toContain('The comment that you answer is no longer there.')
      expect(body).toContain('\nLost.</textarea>')
    }
    expect((await member.post(url, { text: 'Lost.', parent: 'x' })).statusCode).toBe(400)
    expect(await rowsOf(member.id)).toHaveLength(1)
  })

  test('that cannot be taken as an answer is kept where it was written', async () => {
    const { post, url } = await createDiscussed()
    const member = await signInTrusted(post.id)
    const parent = await createComment({ postId: post.id })
    const { statusCode, body } = await member.post(url, { text: ' ', parent: parent.id })
    expect(statusCode).toBe(422)
    expect(body).toContain(`id="answer-${parent.id}-error"`)
    expect(body).toMatch(/<details class="comment-more" open>/)
    expect(body).not.toContain('id="new-comment-error"')
  })

  test('sent twice in a row is one, also at the same moment', async () => {
    const { post, url } = await createDiscussed()
    const member = await signInTrusted(post.id)
    const answers = await Promise.all([1, 2, 3].map(() => member.post(url, { text: 'Once.' })))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303])
    expect(await rowsOf(member.id)).toHaveLength(1)
    await member.post(url, { text: 'Between.' })
    await member.post(url, { text: 'Once.' })
    expect((await rowsOf(member.id)).map(({ source }) => source)).toEqual([
      'Once.',
      'Between.',
      'Once.',
    ])
  })

  test('is the last for a while after five in ten minutes, also when they come at once', async () => {
    const { post, url } = await createDiscussed()
    const member = await signInTrusted(post.id)
    const texts = Array.from({ length: 8 }, (_, number) => `Number ${number}`)
    const answers = await Promise.all(texts.map((text) => member.post(url, { text })))
    const refused = answers.filter(({ statusCode }) => statusCode === 429)
    expect(refused).toHaveLength(3)
    expect(refused[0]?.body).toContain('You have written 5 comments in 10 minutes.')
    expect(refused[0]?.body).toMatch(/\nNumber \d<\/textarea>/)
    const [first] = await rowsOf(member.id)
    await member.post(`${url}${first?.id}/delete`)
    expect((await member.post(url, { text: 'More' })).statusCode).toBe(429)
    const other = await signInTrusted(post.id)
    expect((await other.post(url, { text: 'Mine' })).statusCode).toBe(303)
    await connection.pool.query(
      `update comments set created_at = now() - interval '11 minutes' where id = $1`,
      [first?.id],
    )
    expect((await member.post(url, { text: 'More' })).statusCode).toBe(303)
  })

  test('is not taken from strangers, nor from another site', async () => {
    const { post, url } = await createDiscussed()
    expect((await stranger.post(url, { text: 'Hello' })).statusCode).toBe(401)
    const member = await signInTrusted(post.id)
    const forged = await member.post(url, { text: 'Hello' }, { 'sec-fetch-site': 'cross-site' })
    expect(forged.statusCode).toBe(403)
    expect(await rowsOf(member.id)).toEqual([])
  })

  test('can be sent from inside the page of the post', async () => {
    const { post, url } = await createDiscussed()
    const member = await signInTrusted(post.id)
    const part = { 'x-wants-part': 'yes' }
    const sent = await member.post(url, { text: 'In place.' }, part)
    const [row] = await rowsOf(member.id)
    expect(sent.statusCode).toBe(200)
    expect(sent.headers['x-shows']).toBe(`comment-${row?.id}`)
    expect(sent.headers['cache-control']).toBe('private, no-store')
    expect(sent.body).toContain('Your comment is published.')
    expect(sent.body).toContain('In place.')
    expect(sent.body).not.toContain('<html')
    const refused = await member.post(url, { text: '' }, part)
    expect([refused.statusCode, refused.headers['x-is-part']]).toEqual([422, 'yes'])
  })
})
