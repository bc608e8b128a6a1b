import { deriveKey } from '@rose-ash/shared/infrastructure/keys'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestCommentMails } from '../../services/comment-mails/test-comment-mails.ts'
import { createUnsubscribeLinks } from '../../services/comment-mails/unsubscribe-links.ts'

const connection = await createTestDatabase()
const { database, pool } = connection
const world = await startTestCommentMails(connection)
const { blog, stranger } = world
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await connection.close()
})
beforeEach(async () => {
  await world.settled()
  await emptyTables(pool, 'posts', 'users', 'ap_activities')
})

/** Somebody who has a mail, with the address in its head, and a way to have another. */
async function createTold() {
  const post = await createPost(database)
  const ada = await world.signIn('Ada')
  const first = await world.createComment({ postId: post.id, userId: ada.id })
  const bo = await world.signInTrusted(post.id, 'Bo')
  const answer = (text: string) => bo.post(`/comments/${post.id}/`, { text, parent: first.id })
  await answer('Good.')
  const [mail] = await world.sentTo(ada.email)
  const headers = mail?.headers ?? []
  const header = (name: string) => headers.filter((line) => line.startsWith(`${name}: `))
  const [address] = header('List-Unsubscribe')
  const url = new URL(/<(.*)>/.exec(address ?? '')?.[1] ?? '')
  return { ada, mail, answer, header, path: url.pathname + url.search, url }
}

async function choicesOf(userId: string) {
  const { rows } = await pool.query(
    'select mails_of_answers as answers, mails_of_comments as comments from users where id = $1',
    [userId],
  )
  return rows[0]
}

async function wantsMails(userId: string): Promise<boolean> {
  return (await choicesOf(userId)).answers
}

describe('the way out of mails about comments', () => {
  test('stands in the head of the mail and in both its shapes', async () => {
    const { mail, header, url } = await createTold()
    expect(header('List-Unsubscribe')).toHaveLength(1)
    expect(header('List-Unsubscribe-Post')).toEqual([
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    ])
    expect(mail?.text).toContain(`No more of these mails:\n${url.href}`)
    expect(mail?.html).toContain('>No more of these mails</a>')
  })

  test('is one press, signed out: looking changes nothing, the button does', async () => {
    const { ada, path, answer } = await createTold()
    const page = await stranger.get(path)
    expect(page.statusCode).toBe(200)
    expect(page.headers).toMatchObject({
      'cache-control': 'private, no-cache',
      'referrer-policy': 'no-referrer',
    })
    expect(await wantsMails(ada.id)).toBe(true)
    const action = /<form[^>]*action="(\/mails\/[^"]*)"/.exec(page.body)?.[1] ?? ''
    const shown = action.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=')
    expect(shown).toBe(path)
    const done = await stranger.post(shown)
    expect(done.statusCode).toBe(200)
    expect(done.body).toContain('You get no mails about answers to your comments any more.')
    expect(await choicesOf(ada.id)).toEqual({ answers: false, comments: true })
    expect((await stranger.get(path)).body).not.toContain('<button class="button" type="submit">No')
    await world.letAnHourPass()
    await answer('Again.')
    expect(await world.sentTo(ada.email)).toHaveLength(1)
  })

  test.each([
    ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    ],
  ])('is taken from a mail program as %s, and leads nowhere else', async (type, payload) => {
    const { ada, path } = await createTold()
    const headers = { 'content-type': type }
    const answer = await blog.app.inject({ method: 'POST', url: path, headers, payload })
    expect(answer.statusCode).toBe(200)
    expect(await wantsMails(ada.id)).toBe(false)
  })

  test('is nobody else’s, and cannot be made up', async () => {
    const { ada, path } = await createTold()
    const other = await world.signIn('Cy')
    const forged = [
      path.replace(ada.id, other.id),
      path.replace('about=answer', 'about=post'),
      path.replace('&about=answer', ''),
      path.replace('about=answer', 'about=all'),
      path.slice(0, -1),
      `${path}x`,
      `/mails/comments/?member=${other.id}`,
      `/mails/comments/?member=x&key=x`,
      '/mails/comments/',
    ]
    for (const url of forged) {
      expect((await stranger.get(url)).statusCode).toBe(404)
      expect((await stranger.post(url)).statusCode).toBe(404)
    }
    expect(await wantsMails(other.id)).toBe(true)
    expect(await wantsMails(ada.id)).toBe(true)
  })

  test('of a mail about somebody’s own post leaves answers as they are, and of one about both ends both', async () => {
    const { ada, answer } = await createTold()
    const links = createUnsubscribeLinks(
      deriveKey(blog.dependencies.config.secretKey, 'unsubscribing'),
    )
    const page = await stranger.post(links.create(ada.id, 'post'))
    expect(page.body).toContain(
      'You get no mails about comments on what you have written any more.',
    )
    expect(await choicesOf(ada.id)).toEqual({ answers: true, comments: false })
    await world.letAnHourPass()
    await answer('Still told.')
    expect(await world.sentTo(ada.email)).toHaveLength(2)
    const shown = await stranger.get(links.create(ada.id, 'both'))
    expect(shown.body).toContain(
      'answers a comment of yours, or comments on what you have written.',
    )
    await stranger.post(links.create(ada.id, 'both'))
    expect(await choicesOf(ada.id)).toEqual({ answers: false, comments: false })
  })

  test('answers also when the member is gone', async () => {
    const { ada, path } = await createTold()
    await pool.query('delete from users where id = $1', [ada.id])
    expect((await stranger.post(path)).statusCode).toBe(200)
    expect((await stranger.get(path)).statusCode).toBe(200)
  })
})

test('whoever follows the link in a mail to what only members read signs in first', async () => {
  const post = await createPost(database, { visibility: 'members' })
  const comment = await world.createComment({ postId: post.id })
  const path = `/comments/${post.id}/${comment.id}/`
  const { statusCode, headers } = await stranger.get(path)
  expect(statusCode).toBe(303)
  expect(headers.location).toBe(`/auth/login?next=${encodeURIComponent(path)}`)
  const open = await createPost(database)
  const gone = `/comments/${open.id}/${crypto.randomUUID()}/`
  expect((await stranger.get(gone)).statusCode).toBe(404)
})
