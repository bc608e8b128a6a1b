import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSyncTarget, type SyncTarget } from './test-sync.ts'

let setting: SyncTarget
let sourceId: string
beforeAll(async () => {
  setting = await createSyncTarget()
  sourceId = (await setting.add()).id
  await setting.sync(sourceId)
}, 120_000)
afterAll(() => setting[Symbol.asyncDispose]())

const query = (text: string) => setting.target.query(text)
const memberOf = (name: string) =>
  (setting.site.tables['members'] ?? []).find(({ email }) => String(email).startsWith(name)) ?? {}

const held = `select email, tiers.slug, standing from memberships
  join users on users.id = user_id join tiers on tiers.id = tier_id order by email`
const subscribed = `select email, n.slug from newsletter_subscriptions
  join users on users.id = user_id join newsletters n on n.id = newsletter_id
  where email like 'm10%' order by 1, 2`

it('members come with their accounts, labels, tiers and newsletters, and no mail is sent', async () => {
  expect(await query('select count(*)::int as count from members')).toEqual([{ count: 11 }])
  expect(await query(held)).toEqual([
    { email: 'm3.gull@example.org', slug: 'deckhand', standing: 'complimentary' },
  ])
  expect(await query(subscribed)).toEqual(
    [{ email: 'm10.ledger@example.org', slug: 'newsletters-2' }].map((row) => ({
      ...row,
      slug: expect.any(String),
    })),
  )
  const [member] = await query(`select labels from members join users on users.id = user_id
    where email like 'm10%'`)
  expect(member).toEqual({ labels: ['crew'] })
})

it('tiers and newsletters come as they are there', async () => {
  expect(
    await query('select slug, type, monthly_price, currency, benefits from tiers order by slug'),
  ).toEqual([
    {
      slug: 'deckhand',
      type: 'paid',
      monthly_price: 500,
      currency: 'GBP',
      benefits: ['Monthly print'],
    },
    { slug: 'default-product', type: 'paid', monthly_price: 500, currency: 'USD', benefits: [] },
    { slug: 'free', type: 'free', monthly_price: null, currency: null, benefits: [] },
  ])
  expect(await query('select count(*)::int as count from newsletters')).toEqual([{ count: 2 }])
  expect(
    await query(`select posts.slug, tiers.slug as tier from post_tiers
      join posts on posts.id = post_id join tiers on tiers.id = tier_id`),
  ).toEqual([{ slug: '5-notes-on-the-brackish-gull', tier: 'deckhand' }])
})

it('a second time nobody is changed', async () => {
  const result = await setting.sync(sourceId)
  expect(result.members).toMatchObject({ created: 0, updated: 0, differences: [] })
})

it('whoever unsubscribed here stays so when something else of them changes there', async () => {
  await query('delete from newsletter_subscriptions')
  const id = String(memberOf('m10')['id'])
  setting.site.change('members', id, { note: 'Brings cake' })
  expect((await setting.sync(sourceId)).members).toMatchObject({ created: 0, updated: 1 })
  expect(await query(subscribed)).toEqual([])
})

it('a tier that ends there ends here', async () => {
  const member = memberOf('m3')
  setting.site.change('members', String(member['id']), {
    tiers: [],
    subscriptions: [],
    comped: false,
  })
  await setting.sync(sourceId)
  expect(await query(held)).toEqual([])
})

it('whoever is gone there keeps the account and loses what they held by the site', async () => {
  const id = String(memberOf('m1.')['id'])
  const before = await query('select count(*)::int as count from users')
  setting.site.remove('members', id)
  expect((await setting.sync(sourceId)).members).toMatchObject({ updated: 1 })
  expect(await query('select count(*)::int as count from users')).toEqual(before)
  expect(
    await query(`select 1 from newsletter_subscriptions join members using (user_id)
      where source_id = '${id}'`),
  ).toEqual([])
  expect((await setting.sync(sourceId)).members).toMatchObject({ created: 0, updated: 0 })
})
