import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'

const folder = fileURLToPath(new URL('styles', import.meta.url))
const files = readdirSync(folder)
  .toSorted()
  .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
const stylesheet = files.join('')

describe('the stylesheet', () => {
  test('is at most 20 KB compressed', () => {
    expect(gzipSync(stylesheet).length).toBeLessThanOrEqual(20 * 1024)
  })

  test('asks nobody else for anything', () => {
    expect(stylesheet).not.toMatch(/url\(|@import|https?:/)
  })

  test('has all its rules in the named layers', () => {
    const layers = stylesheet.matchAll(/^@layer (\w+) \{/gm).map(([, name]) => name)
    const declared = /^@layer ([\w, ]+);/m.exec(stylesheet)?.[1]?.split(', ')
    expect(new Set(layers)).toEqual(new Set(declared))
    expect(stylesheet.replaceAll(/^@layer.*/gm, '')).not.toMatch(/^[.:\w@]/m)
  })
})

const grounds = ['paper', 'surface', 'surface-sunken', 'surface-raised']
const texts = ['ink', 'ink-soft', 'ink-faint', 'rose', 'rose-strong']
const pairs: [text: string, ground: string, ratio: number][] = [
  ...grounds.flatMap((ground) =>
    texts.map((text): [string, string, number] => [text, ground, 4.5]),
  ),
  ...['rose', 'ash', 'good', 'warn', 'bad'].map((tone): [string, string, number] => [
    'ink',
    `${tone}-soft`,
    4.5,
  ]),
  ['rose-strong', 'rose-soft', 4.5],
  ['rose', 'rose-soft', 4.5],
  ['ash', 'ash-soft', 4.5],
  ['good', 'good-soft', 4.5],
  ['warn', 'warn-soft', 4.5],
  ['bad', 'bad-soft', 4.5],
  ['ink-soft', 'rose-soft', 4.5],
  ['bad', 'paper', 4.5],
  ['on-rose', 'rose-fill', 4.5],
  ['on-rose', 'rose-fill-hover', 4.5],
  ['line-strong', 'surface', 3],
  ['line-strong', 'paper', 3],
]

describe.each(['light', 'dark'] as const)('contrast in the %s theme', (theme) => {
  test.each(pairs)('%s on %s is at least %d', (text, ground, ratio) => {
    expect(contrast(colour(text, theme), colour(ground, theme))).toBeGreaterThanOrEqual(ratio)
  })
})

function colour(name: string, theme: 'light' | 'dark'): string {
  const found = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(stylesheet)
  const value = found?.[theme === 'light' ? 1 : 2]
  if (!value) throw new Error(`There is no colour named ${name}.`)
  return value
}

/** WCAG 2.2, contrast ratio. */
function contrast(first: string, second: string): number {
  const luminances = [luminance(first), luminance(second)]
  return (Math.max(...luminances) + 0.05) / (Math.min(...luminances) + 0.05)
}

function luminance(hex: string): number {
  const channel = (start: number) => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}
