import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DrawnArrow, drawTypes } from './draw-types.ts'
import { type Box, layOutTypes } from './lay-out-types.ts'
import type { Pair } from './layer-types.ts'

/** Any number of types with any arrows, cycles among them. */
const graphs = fc.integer({ min: 2, max: 25 }).chain((count) => {
  // Two that differ, without a filter: one that is biased to the least numbers would never let any through.
  const pair = fc
    .tuple(fc.nat({ max: count - 1 }), fc.nat({ max: count - 2 }))
    .map(([one, other]): [number, number] => [one, other >= one ? other + 1 : other])
  return fc.record({
    widths: fc.array(fc.integer({ min: 60, max: 220 }), { minLength: count, maxLength: count }),
    pairs: fc.array(pair, { maxLength: 40 }),
  })
})

function overlaps(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  )
}

function typeNamed(slug: string) {
  return { slug, title: slug, url: `/${slug}/`, instanceCount: 1, note: null }
}

describe('a layout of types', () => {
  test('has no two boxes that overlap, and all of them inside', () => {
    fc.assert(
      fc.property(graphs, ({ widths, pairs }) => {
        const { boxes, width, height } = layOutTypes(widths, pairs)
        expect(boxes).toHaveLength(widths.length)
        for (const [place, box] of boxes.entries()) {
          expect(box.width).toBeGreaterThanOrEqual(widths[place] ?? 0)
          expect(box.x).toBeGreaterThanOrEqual(0)
          expect(box.y).toBeGreaterThanOrEqual(0)
          expect(box.x + box.width).toBeLessThanOrEqual(width)
          expect(box.y + box.height).toBeLessThanOrEqual(height)
          expect(boxes.slice(place + 1).filter((other) => overlaps(box, other))).toEqual([])
        }
      }),
    )
  })

  test('has a line for every pair, from box to box, which crosses no other box where it is level', () => {
    fc.assert(
      fc.property(graphs, ({ widths, pairs }) => {
        const { boxes, lines } = layOutTypes(widths, pairs)
        expect(lines).toHaveLength(pairs.length)
        for (const [place, { points, isTurned }] of lines.entries()) {
          const [lower, upper] = isTurned
            ? [pairs[place]?.[1] ?? 0, pairs[place]?.[0] ?? 0]
            : (pairs[place] as Pair)
          const [from, to] = [boxes[lower], boxes[upper]] as [Box, Box]
          expect(points[0]).toEqual({ x: from.x, y: from.y + from.height / 2 })
          expect(points.at(-1)).toEqual({ x: to.x + to.width, y: to.y + to.height / 2 })
          for (const { x, y } of points.slice(1, -1))
            expect(
              boxes.filter(
                (box) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height,
              ),
            ).toEqual([])
        }
      }),
    )
  })

  test('has what is above on the left of what is below', () => {
    fc.assert(
      fc.property(graphs, ({ widths, pairs }) => {
        const acyclic = pairs.map(([one, other]): Pair => [
          Math.max(one, other),
          Math.min(one, other),
        ])
        const { boxes, lines } = layOutTypes(widths, acyclic)
        expect(lines.some(({ isTurned }) => isTurned)).toBe(false)
        for (const [lower, upper] of acyclic)
          expect(boxes[lower]?.x).toBeGreaterThan(
            (boxes[upper]?.x ?? 0) + (boxes[upper]?.width ?? 0),
          )
      }),
    )
  })

  test('turns one line round where two types are above each other', () => {
    const { lines } = layOutTypes(
      [80, 80],
      [
        [1, 0],
        [0, 1],
      ],
    )
    expect(lines.filter(({ isTurned }) => isTurned)).toHaveLength(1)
  })
})

describe('a drawing of types', () => {
  test('has a link for each type, an arrow for each relation, a title and a description', () => {
    const arrows: DrawnArrow[] = [
      { from: 'article', to: 'type', kind: 'subtype-of' },
      { from: 'both', to: 'article', kind: 'all-of' },
      { from: 'either', to: 'article', kind: 'any-of' },
      { from: 'article', to: 'nowhere', kind: 'subtype-of' },
    ]
    const svg = drawTypes(['type', 'article', 'both', 'either'].map(typeNamed), arrows)
    expect(svg.match(/<a class="type-map-type" href="\/\w+\/">/g)).toHaveLength(4)
    expect(svg.match(/<path class="type-map-line"/g)).toHaveLength(3)
    expect(svg.match(/stroke-dasharray/g)).toHaveLength(2)
    expect(svg).toMatch(
      /role="img"[^>]*><title [^>]*>[^<]+<\/title><desc [^>]*>4 types and 3 arrows/,
    )
    expect(svg).not.toContain('NaN')
  })

  test('says what people wrote as text', () => {
    const svg = drawTypes([{ ...typeNamed('x'), title: '<b>"Fish" & chips</b>' }], [])
    expect(svg).toContain('&lt;b&gt;&quot;Fish&quot; &amp; chips')
    expect(svg).not.toContain('<b>')
  })

  test('of sixty types, densely related and in cycles, is there soon', { timeout: 2000 }, () => {
    const slugs = Array.from({ length: 60 }, (_, place) => `type-${place}`)
    const arrows = slugs.flatMap((from, place) =>
      [1, 7, 13, 29].map((step): DrawnArrow => {
        const to = slugs[(place + step) % slugs.length] as string
        return { from, to, kind: 'subtype-of' }
      }),
    )
    const svg = drawTypes(slugs.map(typeNamed), arrows)
    expect(svg.match(/<path class="type-map-line"/g)).toHaveLength(240)
  })

  test('of nothing is empty', () => {
    expect(drawTypes([], [])).toContain('0 types and 0 arrows')
  })
})
