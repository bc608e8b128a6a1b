import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRemoteActors } from './remote-actors.ts'
import type { ReadRemote, RemoteDocument } from './remote-documents.ts'
import { createRsaKey } from './signatures/test-signatures.ts'

const connection = await createTestDatabase()
const { database, pool } = connection
afterAll(() => connection.close())
beforeEach(() => emptyTables(pool, 'ap_remote_actors'))
afterEach(() => vi.useRealTimers())

const ada = 'https://social.example/users/ada'
const keys = [createRsaKey(), createRsaKey()].map(({ publicKey }) => publicKey)

function actor(uri = ada, change: object = {}, key = keys[0]): RemoteDocument {
  const document = {
    id: uri,
    type: 'Person',
    preferredUsername: 'ada',
    name: 'Ada',
    inbox: `${uri}/inbox`,
    endpoints: { sharedInbox: 'https://social.example/inbox' },
    publicKey: { id: `${uri}#key`, owner: uri, publicKeyPem: key },
    ...change,
  }
  return { status: 'found', document }
}

/** Somebody who knows nobody yet, and what their servers will say. */
function createActors(say: (uri: string) => RemoteDocument = (uri) => actor(uri)) {
  const asked: string[] = []
  const readRemote: ReadRemote = async (uri) => {
    asked.push(uri)
    return say(uri)
  }
  return { asked, ...createRemoteActors({ database, readRemote, privateHosts: [] }) }
}

test('somebody is asked for once, and then known by themselves and by their key', async () => {
  const actors = createActors()
  const found = await actors.find(ada)
  expect(found).toMatchObject({
    status: 'found',
    actor: {
      uri: ada,
      host: 'social.example',
      name: 'Ada',
      sharedInbox: 'https://social.example/inbox',
    },
  })
  expect(await createActors().find(ada)).toEqual(found)
  expect(await actors.findByKey(`${ada}#key`)).toMatchObject({ uri: ada })
  expect(await actors.findByKey(`${ada}#other`)).toBeUndefined()
  expect(actors.asked).toEqual([ada])
})

test('their server is asked again after five minutes, whatever it said', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  let answer: RemoteDocument = { status: 'gone' }
  const actors = createActors(() => answer)
  for (let turn = 0; turn < 3; turn += 1)
    expect(await actors.refresh(ada)).toMatchObject({ status: 'unknown' })
  answer = actor()
  expect(await actors.refresh(ada)).toMatchObject({ status: 'unknown' })
  expect(actors.asked).toHaveLength(1)
  vi.advanceTimersByTime(301_000)
  const first = await actors.refresh(ada)
  expect(first).toMatchObject({ status: 'found' })
  answer = actor(ada, {}, keys[1])
  expect(await actors.refresh(ada)).toEqual(first)
  vi.advanceTimersByTime(301_000)
  const renewed = await actors.refresh(ada)
  expect(renewed).toMatchObject({ status: 'found' })
  expect(renewed).not.toEqual(first)
  expect(actors.asked).toHaveLength(3)
})

test('who was forgotten, by whatever process, is asked for anew', async () => {
  const actors = createActors()
  await actors.find(ada)
  await createActors().forget(ada)
  expect(await actors.find(ada)).toMatchObject({ status: 'found' })
  expect(actors.asked).toHaveLength(2)
})

test('many unknown people of one server at once have to wait, those of others do not', async () => {
  const actors = createActors()
  const find = (name: string, host = 'social.example') =>
    actors.find(`https://${host}/users/${name}`)
  for (let number = 0; number < 30; number += 1) await find(`u${number}`)
  await expect(find('one-more')).rejects.toThrow('Too many unknown people of social.example')
  expect(await find('ada', 'other.example')).toMatchObject({ status: 'found' })
})

test.each([
  ['says that they are somebody else', { id: 'https://social.example/users/bo' }],
  ['has no key', { publicKey: null }],
  [
    'has a key that is somebody else’s',
    { publicKey: { id: `${ada}#key`, owner: `${ada}x`, publicKeyPem: keys[0] } },
  ],
  [
    'has a key on another server',
    {
      publicKey: {
        id: 'https://evil.example/k',
        owner: ada,
        publicKeyPem: keys[0],
      },
    },
  ],
  [
    'has a key that is too short',
    { publicKey: { id: `${ada}#key`, owner: ada, publicKeyPem: createRsaKey(1024).publicKey } },
  ],
  ['has an inbox elsewhere', { inbox: 'https://evil.example/inbox' }],
  ['has an inbox on this machine', { inbox: 'https://127.0.0.1/inbox' }],
  ['is no actor', { type: 'Note' }],
])('who %s is not believed', async (_name, change) => {
  const actors = createActors(() => actor(ada, change))
  expect(await actors.find(ada)).toMatchObject({ status: 'unknown' })
  expect((await pool.query('select * from ap_remote_actors')).rows).toEqual([])
})

test('a shared inbox on another server is left out', async () => {
  const endpoints = { sharedInbox: 'https://evil.example/inbox' }
  const found = await createActors(() => actor(ada, { endpoints })).find(ada)
  expect(found).toMatchObject({ status: 'found', actor: { sharedInbox: null } })
})
