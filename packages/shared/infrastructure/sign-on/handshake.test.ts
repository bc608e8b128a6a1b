import { expect, test, vi } from 'vitest'
import { createHandshake } from './handshake.ts'

const device = { deviceId: 'a-device-id-of-some-length', lookedAt: 1_790_000_000_000 }
const answer = { app: 'market', state: 'the state of this answer' } as const
const handshake = createHandshake('a secret key of a test, long enough')

test('what was sealed for an answer opens with that answer', () => {
  const sealed = handshake.seal(device, answer)
  expect(sealed).not.toContain(device.deviceId)
  expect(handshake.open(sealed, answer)).toEqual(device)
})

test('it opens for no other app, no other state, and under no other key', () => {
  const sealed = handshake.seal(device, answer)
  const other = createHandshake('another secret key of a test, long enough')
  expect(handshake.open(sealed, { ...answer, app: 'cart' })).toBeUndefined()
  expect(handshake.open(sealed, { ...answer, state: 'another' })).toBeUndefined()
  expect(other.open(sealed, answer)).toBeUndefined()
})

test('it is good for a minute', () => {
  const sealed = handshake.seal(device, answer)
  vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] })
  try {
    expect(handshake.open(sealed, answer)).toBeUndefined()
  } finally {
    vi.useRealTimers()
  }
})

test.each(['', 'nonsense', 'a.b.c.d.e'])('“%s” opens as nothing', (sealed) => {
  expect(handshake.open(sealed, answer)).toBeUndefined()
})

test('whoever changes one bit of it has nothing', () => {
  const bytes = Buffer.from(handshake.seal(device, answer), 'base64url')
  for (let place = 0; place < bytes.length; place += 1) {
    const changed = Buffer.from(bytes)
    changed[place]! ^= 1
    expect(handshake.open(changed.toString('base64url'), answer)).toBeUndefined()
  }
  const short = bytes.subarray(0, -1).toString('base64url')
  expect(handshake.open(short, answer)).toBeUndefined()
})
