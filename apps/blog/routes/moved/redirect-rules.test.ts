import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePattern } from '../../services/ghost/redirect-pattern.ts'
import { applyRules, mayMatch } from './redirect-rules.ts'

function lead(pattern: string, target: string, path: string) {
  return applyRules([{ pattern, target, permanent: true }], path)?.toPath
}

describe('a redirect by pattern', () => {
  it.each([
    ['^/archive/(\\d{4})/$', '/tag/archive/?y=$1', '/archive/2019/', '/tag/archive/?y=2019'],
    ['^/archive/(\\d{4})/$', '/y/$1', '/archive/2019', '/y/2019'],
    ['^/archive/(\\d{4})/$', '/y/$1', '/archive/19', undefined],
    ['^/(\\d+)/(.*)', '/$2/', '/2019/tea', '/tea/'],
    ['/blog/(.*)', '/$1', '/old/blog/tea', '/tea'],
    ['/\\/BLOG\\/(.*)/i', '/$1', '/blog/tea', '/tea'],
    ['^/a(b)?/', '/x$1/', '/a/', '/x/'],
    [
      '^/files/(.*)\\.htm$',
      'https://elsewhere.example/$1',
      '/files/a.htm',
      'https://elsewhere.example/a',
    ],
  ])('%s to %s leads from %s to %s', (pattern, target, ...ways) => {
    const [path = '', to] = ways
    expect(lead(pattern, target, path)).toBe(to)
  })

  it('is the first that matches', () => {
    const rules = ['/one/', '/two/'].map((target) => ({
      pattern: '^/(.+)',
      target,
      permanent: false,
    }))
    expect(applyRules(rules, '/tea/')).toEqual({ toPath: '/one/', permanent: false })
  })

  it('never leads to a site that somebody wrote into the path', () => {
    expect(lead('^/out(.*)', '$1', '/out//evil.example/')).toBeUndefined()
    expect(lead('^/out/(.*)', '/$1', '/out//evil.example/')).toBeUndefined()
    expect(lead('^/out/(.*)', 'https://a.example$1', '/out/.evil.example')).toBeUndefined()
  })

  it('takes time that grows with the path alone', () => {
    expect(lead('^/(a+)+$', '/', `/${'a'.repeat(1900)}!`)).toBeUndefined()
    expect(lead('^/(.*)', '/$1', `/${'a'.repeat(5000)}`)).toBeUndefined()
    expect(compilePattern('^/(a)\\1')).toBeUndefined()
    expect(compilePattern('^/(?=a)')).toBeUndefined()
    expect(compilePattern('a'.repeat(501))).toBeUndefined()
  })

  it('is never passed over by its plain beginning when it matches', () => {
    const part = fc.constantFrom(
      '/',
      'a',
      'b',
      '(a)',
      'a?',
      'b*',
      '[ab]',
      '.',
      '\\w',
      '|',
      'a{0,2}',
    )
    const pattern = fc.tuple(fc.constantFrom('', '^'), fc.array(part, { maxLength: 6 }))
    const path = fc.string({ unit: fc.constantFrom('/', 'a', 'b'), maxLength: 8 })
    fc.assert(
      fc.property(pattern, path, ([anchor, parts], text) => {
        const written = anchor + parts.join('')
        const compiled = compilePattern(written)
        if (compiled?.apply(text, 'x') !== undefined) expect(mayMatch(written, text)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})
