import { expect, test, vi } from 'vitest'
import { createHandshake } from './handshake.ts'

const device = { deviceId: 'a-device-id-of-some-length', lookedAt: 1_790_000_000_000 }
const answer = { app: 'market', state: 'the state of this answer' } as const
const handshake = createHandshake('a secret key of a test, long enough')

test('what was sealed for an answer opens with that answer', async () => {
  const sealed = await handshake.seal(device, answer)
  expect(sealed).not.toContain(device.deviceId)
  expect(await handshake.open(sealed, answer)).toEqual(device)
})

test('it opens for no other app, no other state, and under no other key', async () => {
  const sealed = await handshake.seal(device, answer)
  const other = createHandshake('another secret key of a test, long enough')
  expect(await handshake.open(sealed, { ...answer, app: 'cart' })).toBeUndefined()
  expect(await handshake.open(sealed, { ...answer, state: 'another' })).toBeUndefined()
  expect(await other.open(sealed, answer)).toBeUndefined()
})

test('it is good for a minute', async () => {
  const sealed = await handshake.seal(device, answer)
  vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] })
  try {
    expect(await handshake.open(sealed, answer)).toBeUndefined()
  } finally {
    vi.useRealTimers()
  }
})

test.each(['', 'nonsense', 'a.b.c.d.e'])('“%s” opens as nothing', async (sealed) => {
  expect(await handshake.open(sealed, answer)).toBeUndefined()
})
