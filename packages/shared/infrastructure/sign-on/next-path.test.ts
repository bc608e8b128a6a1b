import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isMarkedTried, markTried, safeNextPath } from './next-path.ts'

describe('where to go after signing in', () => {
  test.each([
    '/',
    '/page',
    '/page?a=1&b=two',
    '/page#part',
    '/a/b/c?next=https://elsewhere.example',
    '/caf%C3%A9',
    '/authors',
  ])('%s is a path on this app', (path) => {
    expect(safeNextPath(path)).toBe(path)
  })

  test.each([
    ['another site', 'https://elsewhere.example/'],
    ['another scheme', 'javascript:alert(1)'],
    ['data', 'data:text/html,hello'],
    ['another host', '//elsewhere.example'],
    ['another host with more slashes', '///elsewhere.example'],
    ['a backslash', '/\\elsewhere.example'],
    ['two backslashes', '\\\\elsewhere.example'],
    ['a backslash later on', '/page\\..\\x'],
    ['a dot segment that leaves two slashes', '/.//elsewhere.example'],
    ['dots that climb to two slashes', '/x/..//elsewhere.example'],
    ['encoded dots that do so', '/%2e//elsewhere.example'],
    ['a tab that browsers drop', '/\t/elsewhere.example'],
    ['a line end that browsers drop', '/\n/elsewhere.example'],
    ['a header that was smuggled in', '/page\r\nset-cookie: session=x'],
    ['a space before', ' /page'],
    ['a relative path', 'page'],
    ['nothing', ''],
    ['something else than text', ['/page']],
    ['no value', undefined],
    ['the sign-in route', '/auth/login?next=/auth/login'],
    ['the callback', '/auth/callback?code=x'],
    ['the callback by a detour', '/x/../auth/callback'],
    ['something endless', `/${'x'.repeat(2000)}`],
  ])('%s is not', (_what, next) => {
    expect(safeNextPath(next)).toBe('/')
  })

  test('whatever is asked for, a browser stays on this app', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '%2e',
      '%2f',
      '//',
      '@',
      ':',
      '?',
      '#',
      'a',
      '\t',
    )
    const anything = fc.oneof(
      fc.string(),
      fc.array(piece).map((pieces) => `/${pieces.join('')}`),
    )
    fc.assert(
      fc.property(anything, (next) => {
        const origin = 'https://market.example'
        const safe = safeNextPath(next)
        expect(new URL(safe, origin).origin).toBe(origin)
        expect(safe).toMatch(/^\/(?![/\\])/)
      }),
    )
  })

  test('a path can be marked, and keeps what it had', () => {
    const marked = markTried('/page?a=1#part')
    expect(marked).toBe('/page?a=1&sign-on=tried#part')
    expect(isMarkedTried(marked)).toBe(true)
    expect(isMarkedTried('/page?a=1')).toBe(false)
  })
})
