import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestConversation, shownComments } from '../../comments/test-comments.ts'

const connection = await createTestDatabase()
const { database } = connection
const { blog, stranger, signIn, createComment } = await createTestConversation(connection)
afterAll(async () => {
  await blog.close()
  await connection.close()
})
beforeEach(() => emptyTables(connection.pool, 'posts', 'comments', 'ap_activities'))

const list = '/admin/comments/'
const moderator = await signIn('Moderator', ['moderator'])

async function statusOf(...ids: string[]): Promise<readonly string[]> {
  const { rows } = await connection.pool.query<{ id: string; status: string }>(
    'select id, status from comments',
  )
  return ids.map((id) => rows.find((row) => row.id === id)?.status ?? 'gone')
}

async function report(commentId: string, reason: string, name = 'Watchful') {
  const { id } = await signIn(name)
  await connection.pool.query(
    'insert into comment_reports (comment_id, user_id, reason) values ($1, $2, $3)',
    [commentId, id, reason],
  )
}

/** Does what the button in the notice does. */
async function undo(location: string | string[] | number | undefined) {
  const { body } = await moderator.get(String(location))
  const changed = /name="changed" value="([^"]+)"/.exec(body)?.[1] ?? ''
  return { body, answer: await moderator.post(`${list}undo`, { changed }) }
}

describe('the page of moderators', () => {
  test('is for moderators of the whole site', async () => {
    const { id: postId } = await createPost(database)
    const { id } = await createComment({ postId, status: 'held' })
    expect((await stranger.get(list)).headers.location).toContain('/auth/login?next=')
    for (const person of [await signIn(), await signIn('Editor', ['editor'])]) {
      expect((await person.get(list)).statusCode).toBe(403)
      expect((await person.post(list, { one: `approve:${id}` })).statusCode).toBe(403)
      const undone = await person.post(`${list}undo`, { changed: `${id}.pw` })
      expect(undone.statusCode).toBe(403)
    }
    expect((await stranger.post(list, { one: `approve:${id}` })).statusCode).toBe(401)
    const forged = await moderator.post(
      list,
      { one: `approve:${id}` },
      { 'sec-fetch-site': 'cross-site' },
    )
    expect(forged.statusCode).toBe(403)
    expect(await statusOf(id)).toEqual(['held'])
  })

  test('shows what waits, what was reported, and all, newest first', async () => {
    const { id: postId } = await createPost(database, { title: 'Rye' })
    const writer = await signIn('Writer')
    const at = (day: number) => new Date(Date.UTC(2026, 1, day))
    await createComment({ postId, status: 'held', authorName: 'New', createdAt: at(1) })
    await createComment({ postId, status: 'held', authorName: 'Newer', createdAt: at(2) })
    const rude = await createComment({ postId, userId: writer.id, createdAt: at(3) })
    await report(rude.id, 'Rude & <loud>')
    await report(rude.id, 'Wrong', 'Careful')
    const dealtWith = await createComment({ postId, status: 'hidden', createdAt: at(4) })
    await report(dealtWith.id, 'Spam')
    await createComment({ postId, status: 'deleted', authorName: 'Gone', createdAt: at(5) })

    const names = async (url: string) =>
      Array.from((await moderator.get(url)).body.matchAll(/comment-author"[^>]*>([^<]*)</g)).map(
        ([, name]) => name,
      )
    expect(await names(list)).toEqual(['Newer', 'New'])
    expect(await names(`${list}?view=reported`)).toEqual(['Writer'])
    expect(await names(`${list}?view=all`)).toEqual(['Somebody', 'Writer', 'Newer', 'New'])
    expect(await names(`${list}?view=all&member=${writer.id}`)).toEqual(['Writer'])
    expect(await names(`${list}?view=nonsense&page=-1&member=x`)).toEqual(['Newer', 'New'])
    const { body } = await moderator.get(`${list}?view=reported`)
    expect(body).toContain('<b>Watchful:</b> Rude &amp; &lt;loud&gt;')
    expect(body).toContain('<b>Careful:</b> Wrong')
    expect(body).toContain('Waiting (2)')
    expect(body).toContain('Reported (1)')
    expect(body).toMatch(/aria-current="page">Reported/)
    const ofMember = await moderator.get(`${list}?view=all&member=${writer.id}`)
    expect(ofMember.body).toContain('Only of <b>Writer</b>')
    expect((await moderator.get(`${list}?member=${writer.id}`)).body).toContain('Nothing here')
  })

  test('has thirty at a time', async () => {
    const { id: postId } = await createPost(database)
    for (let number = 0; number < 31; number += 1) await createComment({ postId })
    const first = await moderator.get(`${list}?view=all`)
    expect(first.body.match(/class="moderated"/g)).toHaveLength(30)
    expect(first.body).toContain('href="/admin/comments/?view&#x3D;all&amp;page&#x3D;2"')
    const second = await moderator.get(`${list}?view=all&page=2`)
    expect(second.body.match(/class="moderated"/g)).toHaveLength(1)
  })
})

describe('a moderator', () => {
  test('approves, hides and puts back, and takes each back', async () => {
    const { id: postId } = await createPost(database, { slug: 'rye' })
    const { id } = await createComment({ postId, status: 'held', html: '<p>Words.</p>' })
    const isShown = async () => (await stranger.get('/rye/comments/')).body.includes('Words.')

    const approved = await moderator.post(list, { one: `approve:${id}` })
    expect(approved.statusCode).toBe(303)
    expect([await statusOf(id), await isShown()]).toEqual([['published'], true])
    const { body, answer } = await undo(approved.headers.location)
    expect(body).toContain('1 comment is published.')
    expect(answer.headers.location).toBe(list)
    expect([await statusOf(id), await isShown()]).toEqual([['held'], false])

    await moderator.post(list, { one: `approve:${id}` })
    const hidden = await moderator.post(list, { one: `hide:${id}`, view: 'all' })
    expect([await statusOf(id), await isShown()]).toEqual([['hidden'], false])
    const undone = await undo(hidden.headers.location)
    expect(undone.body).toContain('1 comment is hidden.')
    expect(await statusOf(id)).toEqual(['published'])

    await moderator.post(list, { one: `hide:${id}` })
    await moderator.post(list, { one: `put-back:${id}` })
    expect([await statusOf(id), await isShown()]).toEqual([['published'], true])
  })

  test('does it to all that are ticked, and to those only that it can be done to', async () => {
    const { id: postId } = await createPost(database)
    const held = await createComment({ postId, status: 'held' })
    const published = await createComment({ postId })
    const hidden = await createComment({ postId, status: 'hidden' })
    const deleted = await createComment({ postId, status: 'deleted' })
    const untouched = await createComment({ postId })
    const ids = [held, published, hidden, deleted].map(({ id }) => id)
    const ticked = ids.map((id): [string, string] => ['comment', id])
    const answer = await moderator.post(list, [...ticked, ['action', 'hide'], ['view', 'all']])
    const all = [...ids, untouched.id]
    expect(await statusOf(...all)).toEqual(['hidden', 'hidden', 'hidden', 'deleted', 'published'])
    const { body } = await undo(answer.headers.location)
    expect(body).toContain('2 comments are hidden.')
    expect(await statusOf(...all)).toEqual(['held', 'published', 'hidden', 'deleted', 'published'])
    await moderator.post(list, [...ticked, ['action', 'approve']])
    expect(await statusOf(...all)).toEqual([
      'published',
      'published',
      'hidden',
      'deleted',
      'published',
    ])
    await moderator.post(list, [...ticked, ['action', 'put-back']])
    expect((await statusOf(...all))[2]).toBe('published')
  })

  test('keeps a reported comment, and its reports are dealt with', async () => {
    const { id: postId } = await createPost(database)
    const { id } = await createComment({ postId })
    await report(id, 'I disagree')
    const { headers } = await moderator.post(list, { one: `dismiss:${id}`, view: 'reported' })
    expect(headers.location).toBe('/admin/comments/?view=reported')
    expect((await moderator.get(`${list}?view=reported`)).body).toContain('Nothing here')
    expect(await statusOf(id)).toEqual(['published'])
  })

  test('who comes second changes nothing, and undoes nothing of others', async () => {
    const { id: postId } = await createPost(database)
    const { id } = await createComment({ postId, status: 'held' })
    const answers = await Promise.all(
      [1, 2, 3].map(() => moderator.post(list, { one: `approve:${id}` })),
    )
    const changed = answers.filter(({ headers }) => String(headers.location).includes('changed='))
    expect(changed).toHaveLength(1)
    const { rows } = await connection.pool.query('select 1 from ap_activities')
    expect(rows).toHaveLength(1)

    await moderator.post(list, { one: `hide:${id}` })
    await undo(changed[0]?.headers.location)
    expect(await statusOf(id)).toEqual(['hidden'])
  })

  test.each([
    ['nothing at all', {}],
    ['nothing ticked', { action: 'hide' }],
    ['no id', { one: 'hide:x' }],
    ['something unknown', { one: `burn:${crypto.randomUUID()}` }],
    ['a wrong id among the ticked', { action: 'hide', comment: 'x' }],
  ])('is told when the form has %s', async (_what, form) => {
    expect((await moderator.post(list, form)).statusCode).toBe(400)
  })

  test('is not misled by an address that somebody made up', async () => {
    const { id: postId } = await createPost(database)
    const deleted = await createComment({ postId, status: 'deleted' })
    const made = `${deleted.id}.pd,${deleted.id}.xx,nonsense,<b>`
    const { statusCode, body } = await moderator.get(`${list}?changed=${encodeURIComponent(made)}`)
    expect(statusCode).toBe(200)
    expect(body).not.toContain('Undo')
    const forged = `${deleted.id}.ph`
    await moderator.post(`${list}undo`, { changed: forged })
    expect(await statusOf(deleted.id)).toEqual(['deleted'])
  })
})

test('whoever has had a comment approved is not held again; whoever lost it is', async () => {
  const post = await createPost(database, { slug: 'rye' })
  const member = await signIn('Newcomer')
  const url = `/comments/${post.id}/`
  await member.post(url, { text: 'First' })
  const { rows } = await connection.pool.query<{ id: string }>('select id from comments')
  await moderator.post(list, { one: `approve:${rows[0]?.id}` })
  await member.post(url, { text: 'Second' })
  expect(shownComments((await stranger.get('/rye/comments/')).body)).toHaveLength(2)
  const all = await connection.pool.query<{ id: string }>('select id from comments')
  await moderator.post(list, [
    ...all.rows.map(({ id }): [string, string] => ['comment', id]),
    ['action', 'hide'],
  ])
  await member.post(url, { text: 'Third' })
  expect(shownComments((await stranger.get('/rye/comments/')).body)).toEqual([])
})
