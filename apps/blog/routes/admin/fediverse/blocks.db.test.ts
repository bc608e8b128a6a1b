import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createTestConversation } from '../../comments/test-comments.ts'

const connection = await createTestDatabase()
const { database, pool } = connection
const { blog, stranger, signIn, createComment } = await createTestConversation(connection)
afterAll(async () => {
  await blog.close()
  await connection.close()
})
beforeEach(() =>
  emptyTables(
    pool,
    'posts',
    'comments',
    'ap_actor_profiles',
    'ap_remote_actors',
    'ap_domain_rules',
    'ap_actor_rules',
    'ap_outbox',
  ),
)

const list = '/admin/fediverse/'
const moderator = await signIn('Moderator', ['moderator'])

const uriOf = (name: string, host: string) => `https://${host}/users/${name}`

/** Somebody on another server who follows, likes and has said something. */
async function createRemote(postId: string, name: string, host: string) {
  const uri = uriOf(name, host)
  await pool.query(
    `insert into ap_remote_actors (uri, host, username, name, inbox, key_id, public_pem)
      values ($1, $2, $3, $3, $1 || '/inbox', $1 || '#key', '')`,
    [uri, host, name],
  )
  await pool.query(`insert into ap_actor_profiles (app, username, display_name)
    values ('blog', 'blog', 'Rose Ash') on conflict do nothing`)
  await pool.query(
    `insert into ap_followers (profile_id, app_domain, actor_uri, follow_uri)
      select id, 'blog', $1, $1 || '/follow' from ap_actor_profiles`,
    [uri],
  )
  await pool.query(
    `insert into ap_interactions (post_id, actor_uri, kind, activity_uri)
      values ($1, $2, 'like', $2 || '/like')`,
    [postId, uri],
  )
  return createComment({
    postId,
    authorName: name,
    authorUrl: uri,
    authorHandle: `${name}@${host}`,
    remoteUrl: `${uri}/note`,
    html: `<p>By ${name}.</p>`,
  })
}

const left = async () => ({
  shown: (
    await pool.query(`select author_name from comments where status = 'published' order by 1`)
  ).rows.map(({ author_name: name }) => name),
  followers: (await pool.query('select actor_uri from ap_followers order by 1')).rows.map(
    ({ actor_uri: uri }) => uri,
  ),
  likes: (await pool.query('select actor_uri from ap_interactions order by 1')).rows.map(
    ({ actor_uri: uri }) => uri,
  ),
})

test('is for moderators of other servers', async () => {
  expect((await stranger.get(list)).headers.location).toContain('/auth/login')
  const editor = await signIn('Editor', ['editor'])
  expect((await editor.get(list)).statusCode).toBe(403)
  expect((await editor.post(`${list}blocks`, { host: 'evil.example' })).statusCode).toBe(403)
  expect((await editor.post(`${list}blocks/remove`, { host: 'a.example' })).statusCode).toBe(403)
  const { body } = await moderator.get(list)
  expect(body).toContain('<code>@blog@blog.localhost</code>')
})

test('an account is blocked beside its comment, with all that it has done here', async () => {
  const { id } = await createPost(database)
  const comment = await createRemote(id, 'troll', 'evil.example')
  await createRemote(id, 'ada', 'evil.example')
  const { body } = await moderator.get('/admin/comments/?view=all')
  expect(body).toContain('Block @troll@evil.example')
  expect(body).toContain('Block all of evil.example')
  const { headers } = await moderator.post(`${list}blocks`, { view: 'all', account: comment.id })
  expect(headers.location).toBe(list)
  const ada = uriOf('ada', 'evil.example')
  expect(await left()).toEqual({ shown: ['ada'], followers: [ada], likes: [ada] })
  expect((await moderator.get(list)).body).toContain(uriOf('troll', 'evil.example'))
  await moderator.post(`${list}blocks/remove`, { uri: uriOf('troll', 'evil.example') })
  const { rows } = await pool.query('select * from ap_actor_rules')
  expect(rows).toEqual([])
})

test('a server is blocked with all who are on it, and nothing that waits is sent there', async () => {
  const { id } = await createPost(database)
  const comment = await createRemote(id, 'troll', 'evil.example')
  await createRemote(id, 'other', 'evil.example')
  await createRemote(id, 'ada', 'good.example')
  await pool.query(`insert into ap_outbox (activity_uri, profile_id, type, object_uri, body)
    select 'a', id, 'Create', 'o', '{}' from ap_actor_profiles`)
  await pool.query(`insert into ap_deliveries (outbox_id, inbox, host, object_uri)
    select id, 'https://' || host || '/inbox', host, 'o' from ap_outbox,
      (values ('evil.example'), ('good.example')) as hosts (host)`)
  const before = (await moderator.get(list)).body
  expect(before).toContain('by 3 accounts.')
  expect(before).toContain('2 messages wait')
  await moderator.post(`${list}blocks`, { server: comment.id })
  const ada = uriOf('ada', 'good.example')
  expect(await left()).toEqual({ shown: ['ada'], followers: [ada], likes: [ada] })
  const { rows } = await pool.query('select host, state from ap_deliveries order by host')
  expect(rows).toEqual([
    { host: 'evil.example', state: 'dropped' },
    { host: 'good.example', state: 'queued' },
  ])
})

test('a server can be named, however it is written, but not our own', async () => {
  for (const host of ['Social.Example', 'https://two.example/about', '@ada@three.example'])
    await moderator.post(`${list}blocks`, { host })
  const { rows } = await pool.query('select host from ap_domain_rules order by host')
  expect(rows.map(({ host }) => host)).toEqual(['social.example', 'three.example', 'two.example'])
  for (const host of ['', 'nonsense', 'blog.localhost'])
    expect((await moderator.post(`${list}blocks`, { host })).statusCode).toBe(400)
  const member = await createComment({ postId: (await createPost(database)).id })
  expect((await moderator.post(`${list}blocks`, { account: member.id })).statusCode).toBe(404)
  expect((await moderator.post(`${list}blocks`, { account: 'x' })).statusCode).toBe(400)
})

test('a comment can be deleted for good', async () => {
  const { id } = await createPost(database)
  const comment = await createRemote(id, 'troll', 'evil.example')
  await moderator.post('/admin/comments/', { one: `delete:${comment.id}` })
  const { rows } = await pool.query('select status, html, author_name from comments')
  expect(rows).toEqual([{ status: 'deleted', html: '', author_name: '' }])
})

test('in a thread an answer from elsewhere says whose it is and leads to where it was said', async () => {
  const post = await createPost(database, { slug: 'rye' })
  await createRemote(post.id, 'ada', 'good.example')
  await createComment({ postId: post.id, authorName: 'Bo' })
  for (const url of ['/rye/comments/', `/comments/${post.id}/`]) {
    const { body } = await stranger.get(url)
    expect(body).toContain('<span class="comment-handle">@ada@good.example</span>')
    expect(body).toContain(`href="${uriOf('ada', 'good.example')}/note"`)
    expect(body).toContain('from good.example')
    expect(body.match(/comment-handle/g)).toHaveLength(1)
    expect(body).toContain('1 like from the fediverse.')
    expect(body).toContain('<code>http://blog.localhost/rye/</code>')
    expect(body).not.toContain('<img')
  }
  const { body } = await stranger.get('/rye/')
  expect(body).toContain('<code>@blog@blog.localhost</code>')
  const closed = await createPost(database, { slug: 'closed', visibility: 'members' })
  const silent = await createPost(database, { slug: 'silent', takesComments: false })
  for (const { slug } of [closed, silent]) {
    const shown = (await stranger.get(`/${slug}/`)).body
    expect(shown).toContain('follow <code>@blog@blog.localhost</code>')
    expect(shown).not.toContain('search there for')
  }
  for (const url of ['/closed/comments/', `/comments/${closed.id}/`])
    expect((await stranger.get(url)).body).not.toContain('search there for')
})
