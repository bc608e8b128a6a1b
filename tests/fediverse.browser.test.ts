import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EditorInBrowser, startEditorInBrowser } from './support/editor-in-browser.ts'
import { firstLook, lookOver } from './support/look-over.ts'

let blog: EditorInBrowser

beforeAll(async () => {
  blog = await startEditorInBrowser({ roles: ['moderator'] })
  await createThread()
}, 60_000)
afterAll(() => blog?.[Symbol.asyncDispose]())

async function query(sql: string, ...values: readonly (string | null)[]) {
  return (await blog.connection.pool.query(sql, [...values])).rows
}

/** A post with what a member and three people on other servers say under it, long names among them. */
async function createThread(): Promise<void> {
  const [post] = await query(`insert into posts
    (type, slug, title, status, lexical, html, plaintext, public_text, published_at)
    values ('post', 'rye', 'Rye for the weekend', 'published', '{}', '<p>Flour.</p>', 'Flour.',
      'Flour.', now()) returning id`)
  const [first] = await say({ name: 'Bo', html: '<p>How long does it keep?</p>' })
  await say({
    name: 'Ada of the hills',
    handle: 'ada@social.example',
    parent: first.id,
    html: '<p>A week, in linen.</p><p>See <a href="https://social.example/bread" rel="nofollow ugc noopener">what I wrote</a>.</p>',
  })
  const longName = 'Wilhelmina'.repeat(6)
  await say({
    name: longName,
    handle: `${longName.toLowerCase()}@a-very-long-name-of-a-server.social.example`,
    html: `<p>${'Donaudampfschiff'.repeat(12)}</p>`,
  })
  await say({ name: 'Troll', handle: 'troll@evil.example', html: '<p>Bah.</p>', status: 'held' })
  for (const [kind, name] of [
    ['like', 'ada'],
    ['like', 'cy'],
    ['boost', 'ada'],
  ] as const) {
    const uri = `https://social.example/users/${name}`
    await query(
      `insert into ap_remote_actors (uri, host, username, name, inbox, key_id, public_pem)
        values ($1, 'social.example', $2, $2, $1, $1, '') on conflict do nothing`,
      uri,
      name,
    )
    await query(
      `insert into ap_interactions (post_id, actor_uri, kind, activity_uri) values ($1, $2, $3, $2)`,
      post.id,
      uri,
      kind,
    )
  }

  function say(said: {
    readonly name: string
    readonly html: string
    readonly handle?: string
    readonly parent?: string
    readonly status?: string
  }) {
    const [username, host] = said.handle?.split('@') ?? []
    const author = host ? `https://${host}/users/${username}` : null
    return query(
      `insert into comments (post_id, parent_id, author_name, html, status, author_url,
        author_handle, remote_url) values ($1, $2, $3, $4, $5, $6, $7, $6 || '/notes/1') returning id`,
      post.id,
      said.parent ?? null,
      said.name,
      said.html,
      said.status ?? 'published',
      author,
      said.handle ?? null,
    )
  }
}

test('answers from elsewhere stand in the thread, with and without scripts, in every look', async () => {
  await using opened = await blog.open('/rye/', firstLook)
  const { page, faults } = opened
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).hostname))
  await page.goto(`${blog.origin}/rye/`)
  const thread = page.locator('#comments')
  await thread.getByText('A week, in linen.').waitFor()
  expect(await thread.getByText('2 likes and 1 boost from the fediverse.').count()).toBe(1)
  expect(await thread.getByText('@ada@social.example', { exact: true }).count()).toBe(1)
  const original = thread.getByRole('link', { name: 'from social.example' })
  expect(await original.getAttribute('href')).toBe('https://social.example/users/ada/notes/1')
  expect(await thread.getByText('Bah.').count()).toBe(0)
  expect(await lookOver(page)).toEqual([])
  expect(new Set(asked)).toEqual(new Set(['blog.localhost']))
  expect(faults).toEqual([])

  await using plain = await blog.open('/rye/', { ...firstLook, javaScriptEnabled: false })
  expect(await plain.page.getByText('@blog@blog.localhost', { exact: true }).count()).toBe(1)
  await plain.page.getByRole('link', { name: 'Read and write comments' }).click()
  await plain.page.getByText('A week, in linen.').waitFor()
})

test('a moderator blocks an account beside what it said, and takes it back, without scripts', async () => {
  await using opened = await blog.open('/admin/comments/', {
    ...firstLook,
    javaScriptEnabled: false,
  })
  const { page, faults } = opened
  await page.locator('summary', { hasText: 'More' }).first().click()
  await page.getByRole('button', { name: 'Block @troll@evil.example' }).click()
  await page.getByText('One comment is hidden.').waitFor()
  expect(await query('select status from comments where author_name = $1', 'Troll')).toEqual([
    { status: 'hidden' },
  ])
  expect(await query('select actor_uri from ap_actor_rules')).toHaveLength(1)
  await page.getByRole('button', { name: /^Unblock/ }).click()
  await page.getByText('There are none.').waitFor()
  expect(faults).toEqual([])
})

test('the pages of moderators are as sound as any', async () => {
  await query(`insert into ap_domain_rules (host) values ('evil.example')`)
  await query(`insert into ap_actor_rules (actor_uri) values ('https://a.example/users/troll')`)
  for (const address of ['/admin/comments/?view=all', '/admin/fediverse/']) {
    await using opened = await blog.open(address, firstLook)
    const { page, faults } = opened
    for (const more of await page.locator('summary', { hasText: 'More' }).all()) await more.click()
    expect(await lookOver(page)).toEqual([])
    expect(faults).toEqual([])
  }
})
