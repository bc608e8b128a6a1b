import { createUser } from '@rose-ash/testing/factories/member'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { comments, members } from '../../../models/index.ts'
import { exportFrom } from '../../export/test-export.ts'
import { lexicalOf } from '../test-export.ts'
import { createImportTarget, type ImportTarget } from '../test-import.ts'
import { bringElsewhere, withParts } from './test-own-parts.ts'

const path = 'rose-ash/comments.json'
const lexical = JSON.parse(lexicalOf('Flour, water and salt.'))

let target: ImportTarget
let moved: Awaited<ReturnType<typeof bringElsewhere>>
beforeAll(async () => {
  target = await createImportTarget()
  const { database } = target.connection
  const { id: postId } = await createPost(database, { slug: 'loaf', lexical })
  const user = await createUser(database, { displayName: 'Wren now' })
  const say = async (values: Partial<typeof comments.$inferInsert>) => {
    const said = { postId, authorName: 'Wren', html: '<p>Yes.</p>', status: 'published' } as const
    const [row] = await database
      .insert(comments)
      .values({ ...said, ...values })
      .returning()
    return row!.id
  }
  const first = await say({ userId: user.id, html: '<p>First.</p>', source: 'First.' })
  const gone = await say({ parentId: first, status: 'deleted', html: '', authorName: '' })
  await say({ parentId: gone, html: '<p>Still here.</p>', editedAt: new Date() })
  await say({ status: 'deleted', html: '', authorName: '' })
  await say({ status: 'held', html: '<p>May I?</p>' })
  await say({ status: 'hidden', html: '<p>Rude.</p>' })
  await say({
    parentId: first,
    remoteUrl: 'https://far.example/1',
    authorUrl: 'https://far.example/users/cy',
    authorHandle: 'cy@far.example',
    html: '<p>From <b>far</b><br />away</p>',
  })
  moved = await bringElsewhere(target)
})
afterAll(async () => {
  await moved[Symbol.asyncDispose]()
  await target[Symbol.asyncDispose]()
})

const commentsOf = (place: ImportTarget) => place.query('select xmin, * from comments order by id')

describe('comments that were exported and imported elsewhere', () => {
  it('are the same when they are exported again, each under what it answers', async () => {
    expect(moved.result.warnings).toEqual([])
    const { archive } = await moved.exportAgain()
    expect(archive.read(path)).toBe(moved.first.archive.read(path))
    const rows = await moved.empty.query(`
      select comments.html, parent.status as under from comments
      left join comments parent on parent.id = comments.parent_id order by comments.html`)
    expect(rows).toEqual([
      { html: '', under: 'published' },
      { html: '<p>First.</p>', under: null },
      { html: '<p>From <b>far</b><br />away</p>', under: 'published' },
      { html: '<p>May I?</p>', under: null },
      { html: '<p>Rude.</p>', under: null },
      { html: '<p>Still here.</p>', under: 'deleted' },
    ])
    const [{ name } = {}] = await moved.empty.query(
      `select author_name as name from comments where source = 'First.'`,
    )
    expect(name).toBe('Wren now')
    const news = await moved.empty.query(
      `select 1 from ap_activities where type = 'CommentPublished'`,
    )
    expect(news).toEqual([])
  })

  it('stay as they are when they are imported again, also what a moderator has done', async () => {
    await moved.empty.query(`update comments set status = 'hidden' where source = 'First.'`)
    const before = await commentsOf(moved.empty)
    expect((await moved.empty.run(moved.first.file)).warnings).toEqual([])
    expect(await commentsOf(moved.empty)).toEqual(before)
  })
})

it('comments of members belong to them elsewhere, by the address in the archive’s list', async () => {
  const choice = { kind: 'everything', withRevisions: false, withMembers: true } as const
  const { database } = target.connection
  const [ada, bo] = [await createUser(database), await createUser(database)]
  await database.insert(members).values([{ userId: ada.id }, { userId: bo.id }])
  const guest = await createUser(database)
  const { id: postId } = await createPost(database, { slug: 'soup', lexical })
  const said = { postId, authorName: '', html: '<p>Yes.</p>', status: 'published' } as const
  await database.insert(comments).values([
    { ...said, userId: ada.id, source: 'Of Ada.' },
    { ...said, userId: bo.id, source: 'Of Bo.' },
    { ...said, userId: guest.id, source: 'Of one who is no member.' },
  ])
  const { file, archive } = await exportFrom(target, { choice })
  expect(archive.read(path).replaceAll('cy@far.example', '')).not.toContain('@')
  await using elsewhere = await createImportTarget()
  // Somebody is there already, by the same address written otherwise.
  const there = await createUser(elsewhere.connection.database, { email: ada.email.toUpperCase() })
  expect((await elsewhere.run(file)).warnings).toEqual([])
  const owners = await elsewhere.query(`select source, users.id, lower(email) as email
    from comments left join users on users.id = user_id where source like 'Of %' order by source`)
  expect(owners).toEqual([
    { source: 'Of Ada.', id: there.id, email: ada.email },
    { source: 'Of Bo.', id: expect.any(String), email: bo.email },
    { source: 'Of one who is no member.', id: null, email: null },
  ])
  const again = await exportFrom(elsewhere, { choice })
  expect(again.archive.read(path)).toBe(archive.read(path))
})

describe('comments that are not sound', () => {
  const posts = () => JSON.parse(moved.first.archive.read(path)).comments
  const comment = (some: object = {}) => ({
    ...posts()[0],
    id: crypto.randomUUID(),
    parentId: null,
    remoteUrl: null,
    html: '<p>New.</p>',
    status: 'published',
    ...some,
  })
  const run = async (content: string) => {
    const before = await commentsOf(moved.empty)
    const file = await withParts(moved.empty, moved.first, { [path]: content })
    const { warnings } = await moved.empty.run(file)
    const added = (await commentsOf(moved.empty)).length - before.length
    return { warnings, added }
  }

  it.each([
    ['a script', { html: '<script>alert(1)</script>' }, /field “html” cannot be read/],
    ['a link that is a script', { authorUrl: 'javascript:alert(1)' }, /field “authorUrl”/],
    ['a status of its own', { status: 'pinned' }, /field “status”/],
    ['a post that is not here', { post: '9' }, /its post is not here/],
    ['no time', { createdAt: 'yesterday' }, /field “createdAt”/],
  ])('lose the one with %s and keep the others', async (_what, some, reason) => {
    const { warnings, added } = await run(JSON.stringify({ comments: [comment(some), comment()] }))
    expect(added).toBe(1)
    expect(warnings).toEqual([
      expect.stringMatching(/^rose-ash\/comments\.json, comments, row 1: /),
    ])
    expect(warnings[0]).toMatch(reason)
  })

  it('stand at the top when they stand under themselves or under another post', async () => {
    const [a, b] = [crypto.randomUUID(), crypto.randomUUID()]
    const circle = [comment({ id: a, parentId: b }), comment({ id: b, parentId: a })]
    const own = crypto.randomUUID()
    const { added } = await run(
      JSON.stringify({
        comments: [
          ...circle,
          comment({ id: own, parentId: own }),
          comment({ parentId: crypto.randomUUID() }),
        ],
      }),
    )
    expect(added).toBe(4)
    const rows = await moved.empty.query(
      `select count(*)::int as count from comments where html = '<p>New.</p>' and parent_id is not null`,
    )
    expect(rows).toEqual([{ count: 0 }])
  })

  it('change nothing when their file is cut', async () => {
    const json = JSON.stringify({ comments: [comment(), comment()] })
    const { warnings, added } = await run(json.slice(0, -5))
    expect(added).toBe(0)
    expect(warnings.join('')).toMatch(/comments\.json: .*Nothing of it was taken over\.$/)
  })
})
