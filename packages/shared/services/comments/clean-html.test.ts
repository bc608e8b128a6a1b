import { describe, expect, test } from 'vitest'
import { cleanReplyHtml } from './clean-html.ts'

describe('the html of a reply from elsewhere', () => {
  test.each([
    ['<p>Hello<br>there</p>', '<p>Hello<br />there</p>'],
    ['<script>alert(1)</script><p>Hi</p>', '<p>Hi</p>'],
    ['<p onclick="x()" class="site-header" id="main" style="color:red">Hi</p>', '<p>Hi</p>'],
    ['<img src="https://evil.example/x.gif" onerror="x()"><p>Hi</p>', '<p>Hi</p>'],
    ['<form action="/admin/"><button>Hi</button></form>', 'Hi'],
    ['<p>Hi</p></div></li></ol><h1>Out</h1>', '<p>Hi</p><p>Out</p>'],
    ['<p><b>Hi', '<p><b>Hi</b></p>'],
    ['<svg><a href="javascript:x()">y</a></svg><p>Hi</p>', '<p>Hi</p>'],
    ['<p data-hx-get="/x" hx-post="/y">Hi</p>', '<p>Hi</p>'],
    ['<!-- members-only --><p>Hi</p>', '<p>Hi</p>'],
    ['<iframe src="https://evil.example"></iframe><p>Hi</p>', '<p>Hi</p>'],
    ['<style>p{display:none}</style><p>Hi</p>', '<p>Hi</p>'],
  ])('%s becomes %s', async (html, clean) => {
    expect(await cleanReplyHtml(html)).toBe(clean)
  })

  test('keeps links to the web, marked as a stranger’s, and no others', async () => {
    const clean = await cleanReplyHtml(
      '<a href="https://example.org/" rel="me" target="_blank" class="u-url">a</a> <a href="javascript:alert(1)">b</a> <a href="java&#10;script:alert(1)">c</a> <a href="/admin/">d</a> <a href="//evil.example">e</a> <a href="data:text/html,x">f</a>',
    )
    expect(clean.match(/href="[^"]*"/g)).toEqual(['href="https://example.org/"'])
    expect(clean).toContain('<a href="https://example.org/" rel="nofollow ugc noopener">a</a>')
    expect(clean).not.toMatch(/target|class|rel="me"/)
  })

  test.each(['', '<p> </p>', '<img src="https://a.example/b.png">', '<p>\u200B</p>', '<!-- a -->'])(
    'is nothing when there is nothing to read: %s',
    async (html) => {
      expect(await cleanReplyHtml(html)).toBe('')
    },
  )

  test('of a thousand levels is read without trouble', async () => {
    const html = `${'<blockquote>'.repeat(1000)}deep${'</blockquote>'.repeat(1000)}`
    const clean = await cleanReplyHtml(html)
    expect(clean).toContain('deep')
    expect(clean.match(/<blockquote>/g)?.length ?? 0).toBeLessThan(20)
  })
})
