import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commentHtml, readCommentText } from './comment-text.ts'

describe('the html of a comment', () => {
  test.each([
    ['one\ntwo\n\nthree', '<p>one<br>two</p><p>three</p>'],
    ['a < b & c > d "e" \'f\'', '<p>a &lt; b &amp; c &gt; d &quot;e&quot; &#39;f&#39;</p>'],
    ['www.example.org', '<p>www.example.org</p>'],
    ['javascript:alert(1) data:text/html,x', '<p>javascript:alert(1) data:text/html,x</p>'],
    ['https://', '<p>https://</p>'],
    ['https://bank.example@evil.example/', '<p>https://bank.example@evil.example/</p>'],
  ])('of %j is %s', (text, html) => {
    expect(commentHtml(text)).toBe(html)
  })

  test.each([
    ['See https://example.org/a.', 'https://example.org/a', '.'],
    ['(https://example.org/a)', 'https://example.org/a', ')'],
    ['https://example.org/a_(b)', 'https://example.org/a_(b)', ''],
    ['HTTPS://EXAMPLE.ORG/A, and', 'HTTPS://EXAMPLE.ORG/A', ', and'],
    ['https://example.org/?q=1&b=2!', 'https://example.org/?q=1&amp;b=2', '!'],
  ])('links the address in %s and nothing around it', (text, address, after) => {
    const html = commentHtml(text)
    expect(html).toContain(`rel="nofollow ugc noopener">${address}</a>${after}`)
    expect(html.match(/<a /g)).toHaveLength(1)
  })

  test('has no tags but paragraphs, breaks and links to web addresses, whatever was written', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('<', '>', '"', "'", '&', '\n', '\n\n', 'https://', 'http://a.b/', ')', '.'),
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
    )
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const html = commentHtml(pieces.join(''))
        const rest = html
          .replaceAll(/<a href="https?:\/\/[^"<>]*" rel="nofollow ugc noopener">/g, '')
          .replaceAll(/<\/?p>|<br>|<\/a>/g, '')
        expect(rest).not.toMatch(/[<>"']/)
        expect(html.match(/<a /g)?.length).toBe(html.match(/<\/a>/g)?.length)
      }),
    )
  })
})

describe('the text of a comment', () => {
  test('is kept without the spaces around it and with one empty line at most', () => {
    expect(readCommentText('  a  \r\n\r\n\r\n\r\nb\tc \r')).toBe('a\n\nb\tc')
  })

  test('is read fast, also when it is all spaces', () => {
    expect(() => readCommentText(`a${' '.repeat(900_000)}b`)).toThrow('5,000 characters at most')
    expect(() => readCommentText(' '.repeat(900_000))).toThrow('Please write something first.')
  })

  test.each(['\u0007', '\u009F', '\u2067', '\uD800'])('may not have %j in it', (character) => {
    expect(() => readCommentText(`a${character}b`)).toThrow('control character')
  })
})
