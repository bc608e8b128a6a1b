import { anonymousReader, visibleHtml } from '@rose-ash/shared/contracts/paywall'
import { expect, it } from 'vitest'
import { sanitise } from './sanitise.ts'

it.each([
  ['<p style="color:red" onclick="go()">x</p>', '<p>x</p>'],
  ['<a href="java\nscript:alert(1)">x</a>', '<a>x</a>'],
  ['<a href="data:text/html,x">x</a>', '<a>x</a>'],
  ['<a href="/here" target="_blank">x</a>', '<a href="/here" target="_blank" rel="noopener">x</a>'],
  ['<img src="data:image/svg+xml,x">', ''],
  ['<img src="/a.png" srcset="javascript:1 1x, /b.png 2x">', '<img src="/a.png" />'],
  ['<p>a</p><script>steal()</script><p>b</p>', '<p>a</p><p>b</p>'],
  ['<svg><title>t</title><script>1</script></svg>x', 'x'],
  ['<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>', ''],
  ['<form action="/x"><input name="a"><button>Send</button></form>', 'Send'],
  ['<object data="x"></object><embed src="x"><base href="x"><link href="x">', ''],
  ['<p hx-get="/account/leave" data-hx-post="/x" data-note="1">x</p>', '<p data-note="1">x</p>'],
  ['<iframe srcdoc="<script>1</script>"></iframe>', ''],
  ['<iframe src="javascript:alert(1)"></iframe>', ''],
  ['<iframe src="/account"></iframe>', ''],
])('%s becomes %s', (html, safe) => {
  expect(sanitise(html)).toBe(safe)
})

it('a player becomes a link to its film', () => {
  const html =
    '<iframe src="//www.youtube.com/embed/x-1?feature=oembed" title="Rope" onload="x"></iframe>'
  expect(sanitise(html)).toBe(
    '<a href="https://www.youtube.com/watch?v=x-1" class="kg-embed-link" rel="noopener">Rope</a>',
  )
})

it('any other frame becomes a link to what it showed', () => {
  const html = '<iframe src="https://maps.example.org/1" title="How to find us">no frames</iframe>'
  expect(sanitise(html)).toBe(
    '<a href="https://maps.example.org/1" class="kg-embed-link" rel="noopener">How to find us</a>',
  )
})

it('a picture elsewhere becomes a link, and one of our own stays', () => {
  expect(sanitise('<img src="https://pictures.example.org/a.jpg" alt="A gull">')).toBe(
    '<a href="https://pictures.example.org/a.jpg" class="kg-outside-media" rel="noopener">' +
      'A gull (on pictures.example.org)</a>',
  )
  expect(sanitise('<img src="/content/images/a.jpg" alt="">')).toBe(
    '<img src="/content/images/a.jpg" alt="" />',
  )
})

it('the marks of the paywall and of gated blocks stay', () => {
  const block = '<!--kg-gated-block:begin nonMember:false memberSegment:"status:free" -->'
  const html = `<p>a</p>${block}<p>b</p><!--kg-gated-block:end--><!--members-only--><p>c</p>`
  expect(sanitise(html)).toBe(html)
  expect(sanitise('<p>a<!-- private note --></p>')).toBe('<p>a</p>')
})

it('what a reader sees before the paywall is well formed, even when a tag spans it', () => {
  const html = sanitise('<div class="a"><p>free<!--members-only-->paid</p></div>')
  expect(visibleHtml(html, 'paid', anonymousReader)).toBe('<div class="a"><p>free</p></div>')
})

it('a tag left open in one HTML card does not swallow the next', () => {
  const card = (html: string) => `<!--kg-card-begin: html-->${html}<!--kg-card-end: html-->`
  expect(sanitise(`${card('<svg>')}<p>text</p>${card('<b>more')}<p>end</p>`)).toBe(
    '<p>text</p><b>more</b><p>end</p>',
  )
})
