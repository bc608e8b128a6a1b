import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSealedCodes } from './sealed-codes.ts'

const codes = createSealedCodes(randomBytes(32))
const payload = {
  accountId: 'a member',
  clientId: 'blog',
  grantId: 'login.blog',
  exp: 1_800_000_000,
}

test('a code gives back what it was made of, and is its own id', () => {
  const code = codes.seal({ ...payload, jti: 'an id', kind: 'AuthorizationCode' })
  expect(codes.open(code)).toEqual({ ...payload, jti: code })
})

test('no two codes are alike, and none shows what is in it', () => {
  const [one, other] = [codes.seal(payload), codes.seal(payload)]
  expect(one).not.toBe(other)
  expect(Buffer.from(one, 'base64url').toString('latin1')).not.toContain('member')
})

test('a code that was changed anywhere opens nothing', () => {
  const bytes = Buffer.from(codes.seal(payload), 'base64url')
  for (let place = 0; place < bytes.length; place += 1) {
    const changed = Buffer.from(bytes)
    changed[place]! ^= 1
    expect(codes.open(changed.toString('base64url'))).toBeUndefined()
  }
})

test.each(['', 'short', 'x'.repeat(43), '%%%', randomBytes(300).toString('base64url')])(
  'nor does what never was one: %s',
  (text) => {
    expect(codes.open(text)).toBeUndefined()
  },
)

test('nor one of another key', () => {
  expect(createSealedCodes(randomBytes(32)).open(codes.seal(payload))).toBeUndefined()
})
