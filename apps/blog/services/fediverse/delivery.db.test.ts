import { expect, test } from 'vitest'
import { setFediverseStage } from '../../test-fediverse-stage.ts'
import { publishPost } from '../../test-publishing.ts'

const stage = await setFediverseStage()
const { peer, actor, connection, publish, change, told, query, letTimePass } = stage

const soon = { timeout: 10_000, interval: 50 }

async function followed(): Promise<void> {
  await peer.follow('ada', actor)
  await expect.poll(() => told('Accept').length, soon).toBe(1)
  peer.knocks.length = 0
}

interface Delivery {
  readonly state: string
  readonly attempts: number
  readonly last_status: number | null
}

const deliveries = () =>
  query<Delivery>(`
    select state, attempts, last_status from ap_deliveries
    join ap_outbox on ap_outbox.id = outbox_id
    where type <> 'Accept' order by ap_deliveries.id`)

/** An attempt holds its delivery for a minute; all pauses but the first, which is told by its status, are longer. */
const nothingIsUnderWay = async () => {
  const held = await query(`
    select from ap_deliveries where state = 'queued' and attempts > 0
      and (last_status is null or attempts > 1 and next_attempt_at < now() + interval '2 minutes')`)
  return held.length === 0
}

const noneIsBusy = async () => {
  const busy = await query(`select * from event_deliveries where state = 'pending'`)
  expect(busy).toEqual([])
}

test('who follows gets a post when it is published, changed and taken back, and nothing of what is no change', async () => {
  await followed()
  const post = await publish({ slug: 'rye', title: 'Rye', html: '<p>Flour.</p>' })
  await expect.poll(() => told('Create').length, soon).toBe(1)
  const id = `${actor}/posts/${post.id}`
  expect(told('Create')[0]).toMatchObject({
    id,
    type: 'Article',
    name: 'Rye',
    content: '<p>Flour.</p>',
    attributedTo: actor,
  })
  await change(post.id, { updatedAt: new Date() })
  await change(post.id, { html: '<p>Rye flour.</p>' })
  await expect.poll(() => told('Update').length, soon).toBe(1)
  expect(told('Update')[0]).toMatchObject({ id, content: '<p>Rye flour.</p>' })
  await change(post.id, { status: 'draft' })
  await expect.poll(() => told('Delete').length, soon).toBe(1)
  expect(told('Delete')[0]).toMatchObject({ id })
  expect((await fetch(id)).status).toBe(410)
  await change(post.id, { status: 'published' })
  expect(told('Create')).toHaveLength(1)
})

test('a server gets one copy who follow there', async () => {
  for (const name of ['ada', 'bo', 'cy']) await peer.follow(name, actor)
  await expect.poll(() => told('Accept').length, soon).toBe(3)
  await publish()
  await expect.poll(() => told('Create').length, soon).toBe(1)
  expect(await query('select * from ap_deliveries where inbox like $1', ['%/inbox'])).toHaveLength(
    4,
  )
})

test('a server that is away is told when it is back, of what is then true', async () => {
  await followed()
  peer.answer = 503
  const post = await publish({ html: '<p>First.</p>' })
  await expect.poll(deliveries, soon).toMatchObject([{ state: 'queued', last_status: 503 }])
  await change(post.id, {
    visibility: 'paid',
    html: '<p>Teaser.</p><!--members-only--><p>Paid.</p>',
  })
  await expect.poll(async () => (await deliveries()).length, soon).toBe(2)
  peer.answer = undefined
  await letTimePass()
  await expect.poll(() => [told('Create').length, told('Update').length], soon).toEqual([1, 1])
  expect(told('Create')[0]).toMatchObject({ content: '<p>Teaser.</p>' })
  expect(JSON.stringify(peer.received)).not.toMatch(/First|Paid\./)
  expect(await query('select failures from ap_instances')).toEqual([{ failures: 0 }])
})

test('what has gone before it came is not sent, and its end is', async () => {
  await followed()
  peer.answer = 503
  const post = await publish()
  await expect.poll(async () => (await deliveries()).length, soon).toBe(1)
  await change(post.id, { title: 'Another' })
  await expect.poll(async () => (await deliveries()).length, soon).toBe(2)
  await change(post.id, { status: 'trashed' })
  await expect.poll(async () => (await deliveries()).length, soon).toBe(3)
  await expect.poll(async () => (await deliveries())[0]?.last_status, soon).toBe(503)
  peer.answer = undefined
  await letTimePass()
  await expect.poll(() => told('Delete').length, soon).toBe(1)
  expect([told('Create'), told('Update')]).toEqual([[], []])
  await expect
    .poll(async () => (await deliveries()).map(({ state }) => state), soon)
    .toEqual(['dropped', 'dropped', 'delivered'])
})

test('a server that fails again and again is left alone, and asked again when it speaks', async () => {
  await followed()
  peer.answer = 500
  await publish()
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    await expect.poll(async () => (await deliveries())[0]?.attempts, soon).toBe(attempt)
    await expect
      .poll(
        async () =>
          (await query<{ failures: number }>('select failures from ap_instances'))[0]?.failures,
        soon,
      )
      .toBe(attempt)
    await expect.poll(nothingIsUnderWay, soon).toBe(true)
    if (attempt < 5) await letTimePass()
  }
  const closed = () =>
    query<{ minutes: number }>(
      'select extract(epoch from closed_until - now()) / 60 as minutes from ap_instances',
    )
  expect(Number((await closed())[0]?.minutes)).toBeGreaterThan(29)
  await query(`update ap_deliveries set next_attempt_at = now()`)
  await publish()
  await expect.poll(async () => (await deliveries()).length, soon).toBe(2)
  expect(peer.knocks).toHaveLength(5)
  peer.answer = undefined
  await peer.react('ada', { kind: 'like', objectUri: `${actor}/posts/none`, inbox: stage.inbox })
  await expect.poll(() => told('Create').length, soon).toBe(2)
})

test('nothing more is kept for a server that has failed for a week', async () => {
  await followed()
  await query(`update ap_instances set failures = 20, failing_since = now() - interval '8 days'`)
  await publish()
  await expect.poll(noneIsBusy, soon).toBeUndefined()
  expect(await deliveries()).toEqual([])
})

test('an inbox that is gone is looked at again a day later, and then forgotten with who follows', async () => {
  await followed()
  peer.answer = 410
  await publish()
  await expect.poll(deliveries, soon).toMatchObject([{ state: 'queued', last_status: 410 }])
  expect(await query('select actor_uri from ap_followers')).toHaveLength(1)
  await letTimePass()
  await expect.poll(deliveries, soon).toMatchObject([{ state: 'dropped', attempts: 2 }])
  expect(await query('select actor_uri from ap_followers')).toEqual([])
})

test('who refuses a signature is asked with the other kind too, and after some hours no more', async () => {
  await followed()
  peer.answer = 401
  await publish()
  await expect.poll(deliveries, soon).toMatchObject([{ state: 'queued', last_status: 401 }])
  expect(peer.knocks).toEqual(['/inbox', '/inbox'])
  for (let attempt = 2; attempt <= 5; attempt += 1) {
    await letTimePass()
    await expect.poll(async () => (await deliveries())[0]?.attempts, soon).toBe(attempt)
    await expect.poll(nothingIsUnderWay, soon).toBe(true)
  }
  await expect.poll(deliveries, soon).toMatchObject([{ state: 'parked', last_status: 401 }])
})

test('what a server calls wrong is not sent to it again', async () => {
  await followed()
  peer.answer = 422
  await publish()
  await expect.poll(deliveries, soon).toMatchObject([{ state: 'parked', attempts: 1 }])
})

test('nothing is sent to a blocked server', async () => {
  await followed()
  await query('insert into ap_domain_rules (host) values ($1)', [peer.host])
  await publish()
  await expect.poll(noneIsBusy, soon).toBeUndefined()
  expect(await deliveries()).toEqual([])
})

test('what is imported in bulk, or was there before, is no news; what becomes of it neither', async () => {
  await followed()
  const imported = await publishPost(connection.database, { title: 'Old' }, 'internal')
  await change(imported.id, { title: 'Old but changed' })
  await change(imported.id, { status: 'draft' })
  await expect.poll(noneIsBusy, soon).toBeUndefined()
  expect(await query(`select * from ap_outbox where type <> 'Accept'`)).toEqual([])
})

test.each([
  ['members', '<p>Secret.</p>', ''],
  ['paid', '<p>Open.</p><!--members-only--><p>Secret.</p>', '<p>Open.</p>'],
  ['tiers', '<p>Open.</p><!--members-only--><p>Secret.</p>', '<p>Open.</p>'],
  [
    'public',
    '<p>Open.</p><!--kg-gated-block:begin nonMember:false memberSegment:"status:free" --><p>Secret.</p><!--kg-gated-block:end-->',
    '<p>Open.</p>',
  ],
] as const)(
  'of a post for %s leaves what strangers may read',
  async (visibility, html, content) => {
    await followed()
    await publish({ visibility, html, plaintext: 'Secret.', publicText: '' })
    await expect.poll(() => told('Create').length, soon).toBe(1)
    expect(told('Create')[0]?.['content'] ?? '').toBe(content)
    expect(JSON.stringify(await query('select body from ap_outbox'))).not.toContain('Secret')
  },
)
