import { readGhostFile } from '@rose-ash/testing/ghost/read-fixture'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeArchive } from './test-archive.ts'
import { letters, wrapExport } from './test-export.ts'
import { createImportTarget, type ImportTarget } from './test-import.ts'

let target: ImportTarget
beforeAll(async () => {
  target = await createImportTarget()
})
beforeEach(async () => {
  await target.reset('users', 'members', 'tiers', 'newsletters', 'redirect_rules')
})
afterAll(() => target[Symbol.asyncDispose]())

const query = (text: string) => target.query(text)

async function run(name: string, content: string) {
  return target.run(await target.folder.write(name, content))
}

describe('a file of members', () => {
  it('of a real site brings its members once, and no mail', async () => {
    const file = readGhostFile('members.csv')
    const lines = file.trim().split('\n').length - 1
    const first = await run('members.csv', file)
    expect(first).toMatchObject({ created: lines, updated: 0, warnings: [] })
    expect(await run('members.csv', file)).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: lines,
    })
    const [member] = await query(`select email, display_name, note, labels, members.source_id
      from members join users on users.id = user_id where email = 'm8.anchor@example.org'`)
    expect(member).toEqual({
      email: 'm8.anchor@example.org',
      display_name: 'Elowen Net',
      note: 'The brackish ledger was painted by Tamsin.',
      labels: [],
      source_id: expect.stringMatching(/^[\da-f]{24}$/),
    })
    expect(
      await query(`select labels from members join users on users.id = user_id
      where email = 'm10.ledger@example.org'`),
    ).toEqual([{ labels: ['crew'] }])
    expect(await query('select 1 from ap_activities')).toEqual([])
  })

  it('gives tiers by their names and newsletters to who gets any', async () => {
    await target.run({
      ...letters({}),
      products: [{ id: 'c1', name: 'Deckhand', slug: 'deckhand', type: 'paid', active: 1 }],
      newsletters: [
        { id: 'd1', name: 'Tides', slug: 'tides', status: 'active', subscribe_on_signup: 1 },
        { id: 'd2', name: 'Extra', slug: 'extra', status: 'active', subscribe_on_signup: 0 },
      ],
    })
    await run(
      'm.csv',
      [
        'email,subscribed_to_emails,complimentary_plan,stripe_customer_id,tiers',
        'given@example.org,true,true,,Deckhand',
        'payer@example.org,false,,cus_1,Deckhand',
        'guest@example.org,true,,,',
      ].join('\n'),
    )
    expect(
      await query(`select email, standing from memberships join users on users.id = user_id
        order by email`),
    ).toEqual([
      { email: 'given@example.org', standing: 'complimentary' },
      { email: 'payer@example.org', standing: 'paid' },
    ])
    expect(
      await query(`select email, slug from newsletter_subscriptions
        join users on users.id = user_id join newsletters n on n.id = newsletter_id order by email`),
    ).toEqual([
      { email: 'given@example.org', slug: 'tides' },
      { email: 'guest@example.org', slug: 'tides' },
    ])
  })

  it('needs only addresses; bad lines are named by number, and the rest is taken', async () => {
    const text = [
      '\uFEFF"Email",Name,created_at',
      `one@example.org,'=One,2026-01-01T00:00:00.000Z`,
      'nobody,Two,',
      'three@example.org,Three,yesterday',
      'four@example.org,Four,,,',
      'ONE@example.org,Again,',
      'six@example.org,"Si\nx",',
    ].join('\r\n')
    const result = await run('people.txt', text)
    expect(result.warnings).toEqual([
      'Line 3: it has no sound email address.',
      'Line 4: its date is not one like 2026-11-22T02:12:32.000Z.',
      'Line 5: it has more cells than the heading.',
    ])
    expect(await query('select email, display_name from users order by email')).toEqual([
      { email: expect.stringMatching(/^one@/i), display_name: 'Again' },
      { email: 'six@example.org', display_name: 'Si x' },
    ])
  })

  it('leaves whoever is here already their name and their account', async () => {
    await query(`insert into users (email, display_name) values ('Wren@example.org', 'Jenny')`)
    expect(await run('m.csv', 'email,name\nwren@example.org,W')).toMatchObject({ created: 1 })
    expect(await query('select email, display_name from users')).toEqual([
      { email: 'Wren@example.org', display_name: 'Jenny' },
    ])
  })

  it('with a quote that is never closed says in which line, and changes nothing', async () => {
    await expect(run('m.csv', 'email,name\na@example.org,"A')).rejects.toThrow(
      'The file has a quote that is never closed: line 2.',
    )
    expect(await query('select 1 from users')).toEqual([])
  })
})

describe('a file of redirects', () => {
  it('of a real site is stored, exact ones and patterns apart, once', async () => {
    const file = readGhostFile('redirects.yaml')
    expect(await run('redirects.yaml', file)).toMatchObject({ created: 4, updated: 0 })
    expect(await run('redirects.yaml', file)).toMatchObject({ created: 0, unchanged: 4 })
    expect(await query('select from_path, to_path, permanent from redirects order by 1')).toEqual([
      { from_path: '/old-home/', to_path: '/', permanent: true },
      {
        from_path: '/shared-tide-brackish-lighthouse-old/',
        to_path: '/shared-tide-brackish-lighthouse/',
        permanent: true,
      },
      { from_path: '/today/', to_path: '/patched-crane-shared-tide/', permanent: false },
    ])
    expect(await query('select pattern, target, permanent from redirect_rules')).toEqual([
      { pattern: '^/archive/(\\d{4})/$', target: '/tag/archive/?y=$1', permanent: true },
    ])
  })

  it('in the old form is read too; what cannot be taken is named, and chains are made short', async () => {
    const list = [
      { from: '/one/', to: '/two/', permanent: true },
      { from: '/two', to: '/three/' },
      { from: '/round/', to: '/about/', permanent: true },
      { from: '/about/', to: '/round/', permanent: true },
      { from: '/same/', to: '/same', permanent: true },
      { from: '^/(?=x)', to: '/x/' },
      { from: '/js/', to: 'javascript:alert(1)' },
      { from: `^/${'a'.repeat(600)}`, to: '/x/' },
    ]
    const { warnings } = await run('redirects.json', JSON.stringify(list))
    expect(warnings).toEqual([
      '“/same/”: it leads to itself.',
      '“^/(?=x)”: the pattern uses what is not possible here.',
      '“/js/”: it leads to no address.',
      expect.stringContaining('it is too long.'),
      '“/round/”: it leads in a circle.',
      '“/about/”: it leads in a circle.',
    ])
    expect(await query('select from_path, to_path, permanent from redirects order by 1')).toEqual([
      { from_path: '/one/', to_path: '/three/', permanent: true },
      { from_path: '/two', to_path: '/three/', permanent: false },
    ])
  })

  it('that is no sound YAML says where', async () => {
    await expect(run('r.yaml', '301:\n  /a/: /b/\n  "c: d\n')).rejects.toThrow(
      /The file is not sound YAML: line \d/,
    )
    await expect(run('r.yaml', '301:\n  /a/: [1]\n')).rejects.toThrow('not of the form')
    await expect(run('r.yaml', '301: &a\n  /a/: /b/\n302: *a\n')).rejects.toThrow('aliases')
  })
})

describe('a file of routes', () => {
  const routes = [
    'routes:',
    '  /hello/: { data: page.tea, template: page }',
    '  /latest/: { controller: channel, filter: "tag:news", template: index }',
    '  /odd/: odd-template',
    'collections:',
    '  /notes/:',
    '    permalink: /notes/{year}/{month}/{day}/{slug}/',
    '    filter: featured:true+author:wren',
    '  /odd/: { permalink: "/{wrong}/" }',
    '  /blog/: { permalink: "/{primary_tag}/{author}/{slug}-{id}/" }',
    'taxonomies:',
    '  tag: /topic/{slug}/',
    '  author: /by/{slug}/',
  ].join('\n')

  it('leads from where each post, tag and author was', async () => {
    await target.run(letters({ featured: 1 }, {}, { type: 'page', slug: 'tea' }))
    const result = await run('routes.yaml', routes)
    expect(result.warnings).toEqual([
      'The collection “/odd/”: its permalink “/{wrong}/” has parts that are not known.',
      'The route “/odd/” has no counterpart here.',
    ])
    const second = String(2).padStart(24, '0')
    expect(await query('select from_path, to_path from redirects order by 1')).toEqual(
      [
        { from_path: '/blog/', to_path: '/' },
        { from_path: '/by/wren/', to_path: '/author/wren/' },
        { from_path: '/hello/', to_path: '/tea/' },
        { from_path: '/latest/', to_path: '/tag/news/' },
        { from_path: `/news/wren/letter-2-${second}/`, to_path: '/letter-2/' },
        { from_path: '/notes/', to_path: '/' },
        { from_path: '/notes/2026/03/02/letter-1/', to_path: '/letter-1/' },
        { from_path: '/topic/news/', to_path: '/tag/news/' },
      ].toSorted((one, other) => (one.from_path < other.from_path ? -1 : 1)),
    )
    expect(await run('routes.yaml', routes)).toMatchObject({ created: 0, updated: 0 })
  })

  it('of a site as Ghost makes them says nothing new', async () => {
    await target.run(letters({}))
    const result = await run('routes.yaml', readGhostFile('routes.yaml'))
    expect(result).toMatchObject({ created: 0, updated: 0, warnings: [] })
    expect(await query('select 1 from redirects')).toEqual([])
  })

  it('takes the day in the site’s own time zone, and in UTC', async () => {
    await target.run({ ...letters({ published_at: '2026-06-30 23:30:00' }) })
    const file = await target.folder.write('r.yaml', 'collections:\n  /: /{year}/{month}/{slug}/\n')
    await target.run(file, { timeZone: 'Europe/London' })
    expect(await query('select from_path from redirects order by 1')).toEqual([
      { from_path: '/2026/06/letter-1/' },
      { from_path: '/2026/07/letter-1/' },
    ])
  })
})

it('members, redirects and routes in the archive of an export come with it', async () => {
  const archive = makeArchive([
    { name: 'site.json', content: wrapExport(letters({})) },
    { name: 'members.csv', content: 'email\na@example.org\nb' },
    { name: 'redirects.json', content: '[{"from":"/a/","to":"/letter-1/"}]' },
    { name: 'data/routes.yaml', content: 'collections:\n  /: /posts/{slug}/\n' },
  ])
  const result = await target.run(await target.folder.write('all.zip', archive))
  expect(result).toMatchObject({
    created: 3,
    warnings: ['members.csv: Line 3: it has no sound email address.'],
  })
  expect(await query('select email from users')).toEqual([{ email: 'a@example.org' }])
  expect(await query('select from_path, to_path from redirects order by 1')).toEqual([
    { from_path: '/a/', to_path: '/letter-1/' },
    { from_path: '/posts/letter-1/', to_path: '/letter-1/' },
  ])
})
