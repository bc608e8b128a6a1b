import { describe, expect, it } from 'vitest'
import { anonymousReader, canRead, type PostReader, visibleHtml } from './paywall.ts'

const free: PostReader = { kind: 'member', isPaying: false }
const paying: PostReader = { kind: 'member', isPaying: true }
const inTier: PostReader = { kind: 'member', isPaying: true, isInTier: true }
const staff: PostReader = { kind: 'staff' }

const post = '<p>before</p><!--members-only--><p>after</p>'

function block(condition: string, html: string): string {
  return `<!--kg-gated-block:begin ${condition} -->${html}<!--kg-gated-block:end-->`
}

describe('the paywall', () => {
  it.each([
    ['public', [anonymousReader, free, paying, staff], []],
    ['members', [free, paying, staff], [anonymousReader]],
    ['paid', [paying, staff], [anonymousReader, free]],
    ['tiers', [inTier, staff], [anonymousReader, free, paying]],
  ] as const)('a post for %s is whole for its readers and cut for others', (name, whole, cut) => {
    for (const reader of whole) {
      expect(visibleHtml(post, name, reader)).toBe('<p>before</p><p>after</p>')
      expect(canRead(name, reader)).toBe(true)
    }
    for (const reader of cut) {
      expect(visibleHtml(post, name, reader)).toBe('<p>before</p>')
      expect(canRead(name, reader)).toBe(false)
    }
  })

  it('without a marker nothing is shown to a reader without access', () => {
    expect(visibleHtml('<p>all of it</p>', 'members', anonymousReader)).toBe('')
    expect(visibleHtml('<p>all of it</p>', 'paid', free)).toBe('')
  })

  it('the first of several markers counts', () => {
    const html = 'a<!-- members-only -->b<!--members-only-->c'
    expect(visibleHtml(html, 'members', anonymousReader)).toBe('a')
    expect(visibleHtml(html, 'members', free)).toBe('abc')
  })
})

describe('a gated block', () => {
  it.each([
    ['nonMember:true memberSegment:""', [anonymousReader], [free, paying]],
    ['nonMember:false memberSegment:"status:free,status:-free"', [free, paying], [anonymousReader]],
    ['nonMember:false memberSegment:"status:-free"', [paying], [anonymousReader, free]],
    ['nonMember:true memberSegment:"status:free"', [anonymousReader, free], [paying]],
    ['nonMember:false memberSegment:"status:vip"', [], [anonymousReader, free, paying]],
    ['', [], [anonymousReader, free, paying]],
  ] as const)('{%s} is kept for its readers and dropped for others', (condition, shown, hidden) => {
    const html = `<p>a</p>${block(condition, '<p>b</p>')}<p>c</p>`
    for (const reader of [...shown, staff]) {
      expect(visibleHtml(html, 'public', reader)).toBe('<p>a</p><p>b</p><p>c</p>')
    }
    for (const reader of hidden) {
      expect(visibleHtml(html, 'public', reader)).toBe('<p>a</p><p>c</p>')
    }
  })

  it('inside a dropped block is dropped with it', () => {
    const inner = block('nonMember:true memberSegment:""', 'inner')
    const html = `a${block('nonMember:false memberSegment:"status:free"', `b${inner}c`)}d`
    expect(visibleHtml(html, 'public', anonymousReader)).toBe('ad')
    expect(visibleHtml(html, 'public', free)).toBe('abcd')
  })

  it('that is never closed hides the rest rather than leaking it', () => {
    const html = 'a<!--kg-gated-block:begin nonMember:false memberSegment:"status:free" -->b'
    expect(visibleHtml(html, 'public', anonymousReader)).toBe('a')
  })

  it('end without a beginning is ignored', () => {
    expect(visibleHtml('a<!--kg-gated-block:end-->b', 'public', anonymousReader)).toBe('ab')
  })
})
