import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { commentsTag } from '../../contracts/comments.ts'
import type { RemoteReply } from '../../contracts/remote-comments.ts'
import { comments } from '../../models/conversation.ts'
import { createMembersService } from '../members/members-service.ts'
import { cleanReplyHtml } from './clean-html.ts'
import { createCommentsService } from './comments-service.ts'

const connection = await createTestDatabase()
const { database } = connection
const forgotten: string[] = []
const publicUrls = {
  blog: 'https://blog.example',
  market: '',
  cart: '',
  events: '',
  federation: '',
  account: '',
}
const dependencies = {
  database,
  publicUrls,
  platformName: 'Rose Ash',
  cache: {
    invalidateTags: async (tags: readonly string[]) => {
      forgotten.push(...tags)
    },
  },
}
const service = createCommentsService(dependencies, {
  members: createMembersService(dependencies),
  cleanHtml: cleanReplyHtml,
})
afterAll(() => connection.close())
beforeEach(async () => {
  await emptyTables(connection.pool, 'posts', 'comments', 'ap_activities')
  forgotten.length = 0
})

function noteOf(values: Partial<RemoteReply> = {}): RemoteReply {
  return {
    remoteUrl: 'https://elsewhere.example/notes/1',
    inReplyTo: 'https://blog.example/rye/',
    author: { url: 'https://elsewhere.example/users/ada', name: 'Ada' },
    html: '<p>Lovely <script>alert(1)</script>bread</p>',
    publishedAt: new Date('2026-03-01T09:00:00Z'),
    ...values,
  }
}

const rows = () => database.select().from(comments).orderBy(comments.createdAt)

/** So that the next reply of the same author is not held. */
async function trustAda(postId: string) {
  const { author } = noteOf()
  await database.insert(comments).values({
    postId,
    authorName: 'Ada',
    authorUrl: author.url,
    status: 'published',
    html: '<p>x</p>',
    remoteUrl: 'https://elsewhere.example/notes/0',
    createdAt: new Date('2026-01-01'),
  })
}

describe('a reply from another server', () => {
  test('is held when its author is new here, made safe, and taken once', async () => {
    const post = await createPost(database, { slug: 'rye' })
    const first = await service.receiveReply(noteOf())
    expect(first).toMatchObject({ status: 'received', isHeld: true })
    const again = await service.receiveReply(noteOf({ html: '<p>Something else</p>' }))
    expect(again.status).toBe('known')
    const [row] = await rows()
    expect(row).toMatchObject({
      postId: post.id,
      parentId: null,
      userId: null,
      source: null,
      authorName: 'Ada',
      html: '<p>Lovely bread</p>',
      status: 'held',
      createdAt: new Date('2026-03-01T09:00:00Z'),
    })
    expect(forgotten).toEqual([])
  })

  test('of an author who has had one published is published, and told of', async () => {
    const post = await createPost(database, { slug: 'rye' })
    await trustAda(post.id)
    const answers = await Promise.all([1, 2, 3, 4].map(() => service.receiveReply(noteOf())))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([
      'known',
      'known',
      'known',
      'received',
    ])
    expect(await rows()).toHaveLength(2)
    expect(await service.counts([post.id])).toEqual(new Map([[post.id, 2]]))
    const { rows: told } = await connection.pool.query('select type from ap_activities')
    expect(told).toEqual([{ type: 'CommentPublished' }])
    expect(forgotten).toEqual([commentsTag(post.id)])
  })

  test('stands under what it answers: a reply, a member’s comment, or a post that the caller knows', async () => {
    const post = await createPost(database, { slug: 'l’été', visibility: 'public' })
    await trustAda(post.id)
    const [own] = await database
      .insert(comments)
      .values({ postId: post.id, authorName: 'Bo', html: '<p>x</p>', status: 'published' })
      .returning()
    const answered = [
      [`https://blog.example/${encodeURIComponent('l’été')}/`, null],
      ['https://elsewhere.example/notes/0', expect.any(String)],
      [`https://blog.example/comments/${post.id}/${own?.id}/`, own?.id],
    ] as const
    for (const [number, [inReplyTo, parentId]] of answered.entries()) {
      const remoteUrl = `https://elsewhere.example/notes/a${number}`
      await service.receiveReply(noteOf({ inReplyTo, remoteUrl }))
      const row = (await rows()).find((each) => each.remoteUrl === remoteUrl)
      expect(row?.postId).toBe(post.id)
      expect(row?.parentId).toEqual(parentId)
    }
    const byId = await service.receiveReply(
      noteOf({
        inReplyTo: 'https://federation.example/objects/7',
        postId: post.id,
        remoteUrl: 'https://elsewhere.example/notes/b',
      }),
    )
    expect(byId.status).toBe('received')
  })

  test.each([
    ['is about nothing here', { inReplyTo: 'https://elsewhere.example/other' }],
    ['is about a post that is not there', { inReplyTo: 'https://blog.example/nothing/' }],
    ['has an address that cannot be read', { inReplyTo: 'https://blog.example/%00%E0/' }],
    ['is about no address at all', { inReplyTo: 'rye' }],
    ['has nothing to read', { html: '<p><img src="https://elsewhere.example/x"></p>' }],
    ['is far too long', { html: `<p>${'a '.repeat(15_000)}</p>` }],
    ['has no web address for an id', { remoteUrl: 'javascript:alert(1)' }],
    ['has a zero in its id', { remoteUrl: 'https://elsewhere.example/\0' }],
    ['has an author without a web address', { author: { url: 'javascript:x', name: 'Ada' } }],
  ] as const)('that %s is refused', async (_what, values) => {
    await createPost(database, { slug: 'rye' })
    expect((await service.receiveReply(noteOf(values))).status).toBe('refused')
    expect(await rows()).toEqual([])
  })

  test.each([
    { status: 'draft' },
    { status: 'trashed' },
    { status: 'sent' },
    { visibility: 'members' },
    { visibility: 'paid' },
    { takesComments: false },
    { type: 'page' },
  ] as const)('is not taken for a post with %j', async (values) => {
    const post = await createPost(database, { slug: 'rye', ...values })
    expect((await service.receiveReply(noteOf())).status).toBe('refused')
    expect((await service.receiveReply(noteOf({ postId: post.id }))).status).toBe('refused')
  })

  test('has a name that can be shown, and a time that has been', async () => {
    await createPost(database, { slug: 'rye' })
    const name = `  \u202EAda\u0000\n${'x'.repeat(300)}`
    await service.receiveReply(
      noteOf({
        author: { url: 'https://elsewhere.example/users/ada', name, avatar: 'javascript:x' },
        publishedAt: new Date('2999-01-01'),
      }),
    )
    const [row] = await rows()
    expect(row?.authorName).toHaveLength(100)
    expect(row?.authorName).toMatch(/^Adaxx/)
    expect(row?.authorAvatar).toBeNull()
    expect(row?.createdAt.getTime()).toBeLessThanOrEqual(Date.now() + 1000)
  })

  test('is changed and removed by its author alone, and stays away', async () => {
    const post = await createPost(database, { slug: 'rye' })
    await trustAda(post.id)
    await service.receiveReply(noteOf())
    const { remoteUrl } = noteOf()
    const updatedAt = new Date('2026-03-02')
    const [ada, eve] = [
      'https://elsewhere.example/users/ada',
      'https://elsewhere.example/users/eve',
    ]
    const html = '<p onclick="x()">Better</p>'
    expect(await service.updateReply({ remoteUrl, authorUrl: eve, html, updatedAt })).toBe(false)
    expect(await service.updateReply({ remoteUrl, authorUrl: ada, html: '', updatedAt })).toBe(
      false,
    )
    expect(await service.updateReply({ remoteUrl, authorUrl: ada, html, updatedAt })).toBe(true)
    expect((await rows())[1]).toMatchObject({ html: '<p>Better</p>', editedAt: updatedAt })

    expect(await service.removeReply({ remoteUrl, authorUrl: eve })).toBe(false)
    expect(await service.removeReply({ remoteUrl, authorUrl: ada })).toBe(true)
    expect(await service.removeReply({ remoteUrl, authorUrl: ada })).toBe(false)
    expect(await service.updateReply({ remoteUrl, authorUrl: ada, html, updatedAt })).toBe(false)
    expect((await service.receiveReply(noteOf())).status).toBe('known')
    expect((await rows())[1]).toMatchObject({ status: 'deleted', html: '', authorName: '' })
    expect(await service.counts([post.id])).toEqual(new Map([[post.id, 1]]))
  })

  test('that a moderator has hidden stays hidden when its author changes it', async () => {
    await createPost(database, { slug: 'rye' })
    const received = await service.receiveReply(noteOf())
    const id = received.status === 'received' ? received.id : ''
    await service.moderate([id], 'hide')
    const { remoteUrl, author, html } = noteOf()
    const change = { remoteUrl, authorUrl: author.url, html, updatedAt: new Date() }
    expect(await service.updateReply(change)).toBe(true)
    expect((await rows())[0]?.status).toBe('hidden')
  })
})
