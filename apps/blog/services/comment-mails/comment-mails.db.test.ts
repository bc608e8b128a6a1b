import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { grantRoles } from '@rose-ash/testing/factories/member'
import { createAuthor, createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestCommentMails } from './test-comment-mails.ts'

const connection = await createTestDatabase()
const { database, pool } = connection
const world = await startTestCommentMails(connection)
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await connection.close()
})
beforeEach(async () => {
  await world.settled()
  await emptyTables(pool, 'posts', 'users', 'ap_activities')
})

/** A post with a comment of Ada's, and Bo, who may answer. */
async function createDiscussion(values: Parameters<typeof createPost>[1] = {}) {
  const post = await createPost(database, { title: 'Rye & other flours', ...values })
  const ada = await world.signIn('Ada')
  const first = await world.createComment({ postId: post.id, userId: ada.id, source: 'Mine.' })
  const bo = await world.signInTrusted(post.id, 'Bo')
  const url = `/comments/${post.id}/`
  const answer = (text: string) => bo.post(url, { text, parent: first.id })
  return { post, ada, bo, first, url, answer }
}

async function idOf(source: string): Promise<string> {
  const { rows } = await pool.query('select id from comments where source = $1', [source])
  return rows[0].id
}

describe('somebody whose comment is answered', () => {
  test('gets one mail: who, on what, an excerpt and a link to the answer', async () => {
    const { post, ada, bo, answer } = await createDiscussion()
    await answer('I use half.\n\nAnd salt.')
    const mails = await world.sentTo(ada.email)
    expect(mails).toHaveLength(1)
    const [mail] = mails
    expect(mail?.subject).toBe('Bo answered your comment on “Rye & other flours”')
    expect(mail?.text).toContain('> I use half.\n> And salt.')
    const link = `http://blog.localhost/comments/${post.id}/${await idOf('I use half.\n\nAnd salt.')}/`
    expect(mail?.text).toContain(link)
    expect(mail?.html).toContain(`href="${link}"`)
    expect(mail?.html).toContain('I use half.<br>')
    expect(await world.sentTo(bo.email)).toEqual([])
    const followed = await ada.get(new URL(link).pathname)
    expect(followed.headers.location).toMatch(new RegExp(`^/${post.slug}/comments/#comment-`))
  })

  test('gets none for an answer of their own', async () => {
    const { ada, first, url } = await createDiscussion()
    await ada.post(url, { text: 'I forgot the salt.', parent: first.id })
    expect(await world.sentTo(ada.email)).toEqual([])
  })

  test('is told of a held answer when it is approved, and once though it is approved twice', async () => {
    const { ada, first, url } = await createDiscussion()
    const newcomer = await world.signIn('Newcomer')
    await newcomer.post(url, { text: 'May I?', parent: first.id })
    expect(await world.sentTo(ada.email)).toEqual([])
    const { comments } = world.blog.dependencies.services
    const id = await idOf('May I?')
    const { changes } = await comments.moderate([id], 'approve')
    expect(await world.sentTo(ada.email)).toHaveLength(1)
    await comments.undo(changes)
    await comments.moderate([id], 'approve')
    await world.letAnHourPass()
    expect(await world.sentTo(ada.email)).toHaveLength(1)
  })

  test('is told of an answer from another server, as text', async () => {
    const { ada, first } = await createDiscussion()
    const { comments } = world.blog.dependencies.services
    const reply = {
      inReplyTo: `http://blog.localhost/comments/${first.postId}/${first.id}/`,
      author: { url: 'https://far.example/users/cy', name: 'Cy\r\nBcc: all@example.org' },
      publishedAt: new Date(),
    }
    await comments.receiveReply({
      ...reply,
      remoteUrl: 'https://far.example/1',
      html: '<p>Hello <b>Ada</b></p><script>alert(1)</script>',
    })
    await comments.moderate(
      [(await pool.query('select id from comments where remote_url is not null')).rows[0].id],
      'approve',
    )
    const [mail] = await world.sentTo(ada.email)
    expect(mail?.subject).toMatch(/^CyBcc: all@example.org answered/)
    expect(mail?.headers.filter((line) => /^bcc/i.test(line))).toEqual([])
    expect(mail?.html).toContain('Hello Ada<br>')
    expect(mail?.html).not.toContain('script')
  })

  test('gets none when it is deleted or hidden before the mail goes out', async () => {
    const { ada, bo, answer } = await createDiscussion()
    await answer('The first.')
    expect(await world.sentTo(ada.email)).toHaveLength(1)
    await answer('Deleted soon.')
    await answer('Hidden soon.')
    await world.settled()
    const { comments, account } = world.blog.dependencies.services
    const author = await account.findUser(bo.id)
    await comments.remove(await idOf('Deleted soon.'), author!)
    await comments.moderate([await idOf('Hidden soon.')], 'hide')
    await world.letAnHourPass()
    await answer('The last.')
    const [mail, ...others] = await world.sentTo(ada.email)
    expect(others).toHaveLength(1)
    expect(mail?.text).toContain('> The last.')
    expect(mail?.text).not.toContain('soon')
  })

  test('is told of all that comes within an hour in one mail', async () => {
    const { ada, answer } = await createDiscussion()
    for (const text of ['One.', 'Two.', 'Three.']) await answer(text)
    expect(await world.sentTo(ada.email)).toHaveLength(1)
    await world.letAnHourPass()
    await answer('Four.')
    const [mail, ...others] = await world.sentTo(ada.email)
    expect(others).toHaveLength(1)
    expect(mail?.text).toContain('> Four.')
    const told = [mail, ...others].flatMap((each) => each?.text.match(/^> .*$/gm) ?? [])
    expect(told.toSorted()).toEqual(['> Four.', '> One.', '> Three.', '> Two.'])
  })

  test('gets none when they may no longer read the post', async () => {
    const { ada, first, url } = await createDiscussion({ visibility: 'paid' })
    const editor = await world.signIn('Editor', ['editor'])
    await editor.post(url, { text: 'For those who pay.', parent: first.id })
    expect(await world.sentTo(ada.email)).toEqual([])
  })
})

describe('the authors of a post', () => {
  test('are told of comments on it when they may write in the admin, and of their own never', async () => {
    const [writer, guest] = [await world.signIn('Writer', ['editor']), await world.signIn('Guest')]
    const bylines = [
      await createAuthor(database, { userId: writer.id }),
      await createAuthor(database, { userId: guest.id }),
      await createAuthor(database),
    ]
    const { post, url, bo } = await createDiscussion({ authors: bylines })
    await bo.post(url, { text: 'Well said.' })
    await writer.post(url, { text: 'Thank you.' })
    const mails = await world.sentTo(writer.email)
    expect(mails).toHaveLength(1)
    expect(mails[0]?.subject).toBe('Bo commented on “Rye & other flours”')
    expect(await world.sentTo(guest.email)).toEqual([])
    await grantRoles(database, guest.id, ['editor'])
    await bo.post(url, { text: 'And again.' })
    expect(await world.sentTo(guest.email)).toHaveLength(1)
    expect(post.title).toBe('Rye & other flours')
  })

  test('get one mail when it also answers them', async () => {
    const writer = await world.signIn('Writer', ['editor'])
    const byline = await createAuthor(database, { userId: writer.id })
    const { post, bo, url } = await createDiscussion({ authors: [byline] })
    const own = await world.createComment({ postId: post.id, userId: writer.id })
    await bo.post(url, { text: 'Yes.', parent: own.id })
    const mails = await world.sentTo(writer.email)
    expect(mails.map(({ subject }) => subject)).toEqual([
      'Bo answered your comment on “Rye & other flours”',
    ])
  })
})

test('what was said is text in the mail, whatever it is, and adds nothing to its head', async () => {
  const title = 'Rye\r\nBcc: all@example.org\r\n\r\n<b>body</b>'
  const { ada, answer } = await createDiscussion({ title })
  await answer('<script>alert(1)</script>\n<a href="x">y</a> {{user}} \nBcc: all@example.org')
  const [mail] = await world.sentTo(ada.email)
  expect(mail?.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(mail?.html).not.toMatch(/<script|<b>body|<a href="x"/)
  expect(mail?.subject).toContain('“Rye Bcc: all@example.org <b>body</b>”')
  expect(mail?.headers.filter((line) => /^bcc/i.test(line))).toEqual([])
  expect(mail?.to).toBe(ada.email)
})
