import { describe, expect, test } from 'vitest'
import { ForbiddenError } from '../../contracts/errors.ts'
import { assertSameOrigin } from './same-origin.ts'

const origin = 'https://cart.rose-ash.com'

function post(headers: Record<string, string>, method = 'POST') {
  return () => assertSameOrigin({ method, headers, origin })
}

describe(assertSameOrigin, () => {
  test.each([
    ['a form on the same page', { 'sec-fetch-site': 'same-origin', origin }],
    ['an address typed by hand', { 'sec-fetch-site': 'none' }],
    ['an older browser on the same page', { origin }],
    ['a program', {}],
  ])('lets %s change something', (_who, headers) => {
    expect(post(headers)).not.toThrow()
  })

  test.each([
    ['a stranger', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['a sibling subdomain', { 'sec-fetch-site': 'same-site', origin: 'https://blog.rose-ash.com' }],
    ['an older browser elsewhere', { origin: 'https://evil.example' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a header that lies', { 'sec-fetch-site': 'cross-site', origin }],
    ['a header nobody knows', { 'sec-fetch-site': 'friendly' }],
  ])('refuses %s', (_who, headers) => {
    expect(post(headers)).toThrow(ForbiddenError)
  })

  test.each(['PUT', 'PATCH', 'DELETE'])('%s is a change too', (method) => {
    expect(post({ 'sec-fetch-site': 'cross-site' }, method)).toThrow(ForbiddenError)
  })

  test('reading is open to links from anywhere', () => {
    expect(post({ 'sec-fetch-site': 'cross-site' }, 'GET')).not.toThrow()
  })
})
