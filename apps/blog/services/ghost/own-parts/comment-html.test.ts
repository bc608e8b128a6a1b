import { expect, it } from 'vitest'
import { isCommentHtml } from './comment-html.ts'

const rel = 'rel="nofollow ugc noopener"'

it.each([
  '',
  '<p>Hello<br>there<br />you</p><p>1 &lt; 2 &amp; "3"</p>',
  `<p><a href="https://example.org/?a=1&amp;b=2" ${rel}>x</a> <a ${rel}>y</a></p>`,
  '<blockquote><ul><li><b>a</b></li></ul></blockquote><pre><code>x</code></pre>',
])('what this platform makes of a comment is a comment: %s', (html) => {
  expect(isCommentHtml(html)).toBe(true)
})

it.each([
  '<script>alert(1)</script>',
  '<p onclick="x()">a</p>',
  '<img src="https://evil.example/x.gif">',
  '<p class="site-header">a</p>',
  '<a href="https://example.org/">a</a>',
  `<a href="javascript:alert(1)" ${rel}>a</a>`,
  `<a href="https://a.example/" ${rel} onclick="x">a</a>`,
  `<a href="https://a.example/" x="" ${rel}>a</a>`,
  '<p>a',
  'a</p>',
  '</li></ol><p>Out</p>',
  '<p><b>a</p></b>',
  '<!-- members-only --><p>a</p>',
  '<p>a < b</p>',
  '<P>a</P>',
  '<svg></svg>',
  '<br/><p>a</p>',
])('nothing else is: %s', (html) => {
  expect(isCommentHtml(html)).toBe(false)
})
