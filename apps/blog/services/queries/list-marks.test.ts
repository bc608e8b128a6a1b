import { describe, expect, test } from 'vitest'
import { fillListMarks, findListMarks } from './list-marks.ts'

const soups = new Map([['soups', '<ul>$& soups</ul>']])

describe('the mark of a list', () => {
  test('is a paragraph of its own', () => {
    expect(
      findListMarks('<p>[[list: soups]]</p><p dir="ltr"> [[list:&nbsp;long-reads]] </p>'),
    ).toEqual(['soups', 'long-reads'])
    expect(findListMarks('<p>[[list: soups]]</p><p>[[list:soups]]</p>')).toEqual(['soups'])
    for (const html of [
      '<p>See [[list: soups]]</p>',
      '<p><code>[[list: soups]]</code></p>',
      '<pre>&lt;p&gt;[[list: soups]]&lt;/p&gt;</pre>',
      '<p>[[list: Soups]]</p>',
      '<p>[[list: ]]</p>',
    ]) {
      expect(findListMarks(html)).toEqual([])
      expect(fillListMarks(html, soups)).toBe(html)
    }
  })

  test('gives way to its list, wherever it stands', () => {
    expect(fillListMarks('<p>a</p><p>[[list: soups]]</p>\n<p>b</p>', soups)).toBe(
      '<p>a</p><ul>$& soups</ul>\n<p>b</p>',
    )
  })

  test('goes when there is no such list', () => {
    expect(fillListMarks('<p>a</p><p>[[list: gone]]</p>', soups)).toBe('<p>a</p>')
  })

  test('is found in a long text without delay', () => {
    const html = `${'<p '.repeat(50_000)}${'<p>[[list:'.repeat(50_000)}${' '.repeat(50_000)}`
    expect(findListMarks(html)).toEqual([])
  })
})
