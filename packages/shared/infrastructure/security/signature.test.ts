import { describe, expect, test } from 'vitest'
import { deriveKey } from '../keys.ts'
import { isSignatureValid, signRequest } from './signature.ts'

const key = deriveKey('a key that is long enough to be one', 'internal-signature')
const request = { method: 'POST', path: '/internal/fragments?a=1', body: '[]' }
const now = 1_800_000_000_000

describe(isSignatureValid, () => {
  const signature = signRequest(key, request, now)

  test('accepts what our own services sign', () => {
    expect(isSignatureValid(key, { ...request, signature }, now)).toBe(true)
    expect(isSignatureValid(key, { ...request, signature }, now + 29_000)).toBe(true)
  })

  test('refuses a recorded request half a minute later', () => {
    expect(isSignatureValid(key, { ...request, signature }, now + 31_000)).toBe(false)
    expect(isSignatureValid(key, { ...request, signature }, now - 31_000)).toBe(false)
  })

  test.each([
    ['another method', { ...request, method: 'GET' }],
    ['another path', { ...request, path: '/internal/fragments?a=2' }],
    ['another body', { ...request, body: '[1]' }],
  ])('refuses %s', (_what, changed) => {
    expect(isSignatureValid(key, { ...changed, signature }, now)).toBe(false)
  })

  test('refuses another key', () => {
    const other = deriveKey('another key that is long enough too', 'internal-signature')
    expect(isSignatureValid(other, { ...request, signature }, now)).toBe(false)
  })

  test.each([undefined, '', 't=1', `t=${now},v1=`, 'v1=abc,t=1', `t=x,v1=${'0'.repeat(64)}`])(
    'refuses %s',
    (broken) => {
      expect(isSignatureValid(key, { ...request, signature: broken }, now)).toBe(false)
    },
  )
})
