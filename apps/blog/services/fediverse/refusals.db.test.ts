import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { signRequest } from '@rose-ash/shared/activitypub/signatures/signatures'
import { describe, expect, test } from 'vitest'
import { setFediverseStage } from '../../test-fediverse-stage.ts'

const stage = await setFediverseStage()
const { peer, blog, actor, inbox, url, query, publish } = stage
const ada = peer.actorUri('ada')
const other = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** An activity of a program that signs as it likes, with a key that ada’s server does not name. */
async function post(
  activity: unknown,
  change: {
    readonly key?: string
    readonly headers?: Record<string, string | undefined>
    readonly body?: string
    readonly type?: string
    readonly from?: string
  } = {},
) {
  const body = typeof activity === 'string' ? activity : JSON.stringify(activity)
  const request = { method: 'POST', url: new URL(inbox), body: Buffer.from(body) }
  const keyId = change.key ?? `${ada}#main-key`
  const privateKey = createPrivateKey(other.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const signed = signRequest(request, { keyId, privateKey, spec: 'cavage' })
  const headers = {
    'content-type': change.type ?? 'application/activity+json',
    ...signed,
    ...change.headers,
  }
  const answer = await blog.app.inject({
    method: 'POST',
    url: new URL(inbox).pathname,
    payload: change.body ?? body,
    remoteAddress: change.from ?? '127.0.0.1',
    headers: Object.fromEntries(
      Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  })
  const detail = answer.body === '' ? '' : answer.json().detail
  if (answer.body !== '') expect(answer.headers['content-type']).toContain('problem+json')
  return [answer.statusCode, detail]
}

const like = { id: `http://${peer.host}/likes/1`, type: 'Like', actor: ada, object: actor }

describe('an inbox refuses, and says why,', () => {
  const nothingCame = async () => expect(await query('select * from ap_inbox')).toEqual([])

  test.each([
    ['what is no JSON', '{', {}, 400, 'That is no JSON.'],
    ['what is no activity', [], {}, 400, /its document cannot be read/],
    ['what has no actor', { ...like, actor: 1 }, {}, 400, /its actor cannot be read/],
    ['what is nested without end', { ...like, object: nested(40) }, {}, 400, /nested too deeply/],
    ['a zero', { ...like, name: 'a\0b' }, {}, 400, /cannot be kept/],
    ['half a character', { ...like, [String.fromCharCode(0xd8_00)]: 1 }, {}, 400, /cannot be kept/],
    ['an endless id', { ...like, id: `${like.id}${'é'.repeat(500)}` }, {}, 400, /its id cannot/],
    ['an image', like, { type: 'image/png' }, 415, 'Send application/activity+json.'],
    [
      'an id of another server',
      { ...like, id: 'https://elsewhere.example/1' },
      {},
      403,
      /another server/,
    ],
    ['one of us', { ...like, actor, id: `${actor}/x` }, {}, 400, /nobody on another server/],
    [
      'an actor without TLS',
      { ...like, actor: 'http://a.example/u' },
      {},
      400,
      /nobody on another/,
    ],
    [
      'an actor on an address',
      { ...like, actor: 'https://10.0.0.1/u' },
      {},
      400,
      /nobody on anoth/,
    ],
    ['what is not signed', like, { headers: { signature: undefined } }, 401, /not signed/],
    ['another body', like, { body: JSON.stringify({ ...like, type: 'Undo' }) }, 401, /body is not/],
    ['another host', like, { headers: { host: 'evil.example' } }, 401, /another host/],
    [
      'an old date',
      like,
      { headers: { date: 'Sun, 05 Jan 2014 21:31:40 GMT' } },
      401,
      /too far from now/,
    ],
    ['a key of another server', like, { key: 'https://evil.example/k' }, 401, /another server/],
    ['a key that is not named', like, { key: `${ada}#other` }, 401, /not the one that the actor/],
    ['a signature of another key', like, {}, 401, /not of the actor’s key/],
  ] as const)('%s', async (...[, activity, change, status, why]) => {
    const [answered, detail] = await post(activity, change)
    expect(detail).toMatch(why)
    expect(answered).toBe(status)
    await nothingCame()
  })

  test('a body that is too large', async () => {
    const [status] = await post({ ...like, content: 'x'.repeat(1_100_000) })
    expect(status).toBe(413)
  })

  test('blocked accounts and servers, before it asks anybody for a key', async () => {
    await query('insert into ap_actor_rules (actor_uri) values ($1)', [ada])
    expect(await post(like)).toEqual([403, 'Nothing is taken from this account or its server.'])
    await query('delete from ap_actor_rules')
    await query('insert into ap_domain_rules (host) values ($1)', [peer.host])
    expect(await post(like)).toEqual([403, 'Nothing is taken from this account or its server.'])
    expect(await query('select * from ap_remote_actors')).toEqual([])
  })

  test('GET, and what has another name', async () => {
    expect((await blog.app.inject({ url: '/ap/blog/inbox' })).statusCode).toBe(404)
    const answer = await blog.app.inject({ method: 'POST', url: '/ap/baker/inbox', payload: {} })
    expect(answer.statusCode).toBe(404)
  })
})

test('the end of somebody who was never heard of costs nothing', async () => {
  const uri = `http://${peer.host}/users/nobody`
  const leaving = { id: `${uri}#delete`, type: 'Delete', actor: uri, object: uri }
  expect(await post(leaving, { key: `${uri}#main-key` })).toEqual([202, ''])
  expect(await query('select * from ap_inbox')).toEqual([])
})

test('whoever sends more than they should is asked to wait', async () => {
  const refused = [429, 'That was a lot at once. Please go on in a minute.'] as const
  const isRefused = ([status]: readonly unknown[]) => status === refused[0]
  const sendMany = () =>
    Promise.all(Array.from({ length: 40 }, () => post('{', { from: '203.0.113.9' })))
  let answers = await sendMany()
  // What they may send comes back while they go on, however slow this machine is.
  for (let turn = 0; turn < 100 && !answers.some(isRefused); turn += 1) answers = await sendMany()
  expect(answers.find(isRefused)).toEqual(refused)
})

test('nobody can change, delete or undo what is somebody else’s', async () => {
  const written = await publish({ slug: 'rye' })
  const inReplyTo = `${actor}/posts/${written.id}`
  const id = await peer.reply('ada', { inReplyTo, inbox, html: '<p>Mine.</p>' })
  const liked = await peer.react('ada', { kind: 'like', objectUri: inReplyTo, inbox })
  const followUri = await peer.follow('ada', actor)
  const texts = () => query('select html, status from comments')
  await expect.poll(texts).toEqual([{ html: '<p>Mine.</p>', status: 'held' }])
  await peer.edit('bo', { id, inReplyTo, inbox, html: '<p>Theirs.</p>' })
  await peer.remove('bo', id, inbox)
  await peer.undo('bo', { kind: 'like', id: liked, inbox })
  await peer.unfollow('bo', actor, followUri)
  const open = () => query(`select * from ap_inbox where state = 'pending'`)
  await expect.poll(open).toEqual([])
  expect(await texts()).toEqual([{ html: '<p>Mine.</p>', status: 'held' }])
  expect(await query('select * from ap_interactions')).toHaveLength(1)
  expect(await query('select * from ap_followers')).toHaveLength(1)
})

test('the shared inbox takes what the actor’s own takes, once', async () => {
  const written = await publish()
  const to = { inReplyTo: `${actor}/posts/${written.id}`, html: '<p>Once.</p>' }
  const id = await peer.reply('ada', { ...to, inbox: `${url}/ap/inbox` })
  await expect.poll(() => query('select remote_url from comments')).toEqual([{ remote_url: id }])
})

function nested(depth: number): unknown {
  return depth === 0 ? 'x' : { id: 'https://a.example/', inner: nested(depth - 1) }
}
