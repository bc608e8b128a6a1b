import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { readPageCode } from './page-code.ts'

function sourceOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

test('styles and scripts that are written out are let in, each by its hash', () => {
  const style = '\n.kg-card > p { color: red }\n'
  const script = 'if (1 < 2 && "</p>") document.title = "x"'
  const code = readPageCode(`<style>${style}</style> <script>${script}</script>`, 'foot')
  expect(code.html).toBe(`<style>${style}</style>\n<script>${script}</script>`)
  expect(code.styleSources).toEqual([sourceOf(style)])
  expect(code.scriptSources).toEqual([sourceOf(script)])
  expect(code.refused).toEqual([])
})

test('the head also takes what names something', () => {
  const html =
    '<meta name="author" content="Ada &amp; Bo"><link rel="me" href="https://social.example/@ada">'
  expect(readPageCode(html, 'head').html.replace('\n', '')).toBe(html)
  expect(readPageCode(html, 'foot').refused).toHaveLength(2)
})

test.each([
  ['<script src="https://elsewhere.example/x.js"></script>', 'A script from elsewhere'],
  ['<link rel="stylesheet" href="https://elsewhere.example/x.css">', 'Of <link>'],
  ['<meta http-equiv="refresh" content="0;url=https://x">', '<meta http-equiv>'],
  ['<iframe src="https://elsewhere.example"></iframe>', '<iframe>'],
  ['<img src=x onerror=alert(1)>', '<img>'],
  ['just words', 'Words outside'],
  ['<script type="text/x-template">x</script>', 'text/x-template'],
])('%s is left out, and said', (code, reason) => {
  const read = readPageCode(code, 'head')
  expect(read.html).toBe('')
  expect(read.refused[0]).toContain(reason)
})

test('attributes that would do more are left behind', () => {
  const code = '<script nonce="x" onload="alert(1)" integrity="y">1</script>'
  expect(readPageCode(code, 'head').html).toBe('<script>1</script>')
})

test('code that is not closed cannot swallow the page', () => {
  expect(readPageCode('<style>p {', 'head').html).toBe('<style>p {</style>')
  expect(readPageCode('<!-- <script>1</script>', 'head').html).toBe('')
})
