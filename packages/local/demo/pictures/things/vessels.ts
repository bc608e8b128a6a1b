import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { hatch } from '../marks.ts'
import type { Random } from '../random.ts'
import { clipped, ellipse, gouge, place, polygon, rectangle, smooth } from '../shape.ts'
import type { Shape } from '../shape.ts'

export interface JarRequest {
  readonly width: number
  readonly height: number
  readonly filling: Tone
  /** Marks within the filling: beans, oats, bubbles. */
  readonly bits?: Tone
  readonly bitSize?: number
  /** How full, 0 to 1. */
  readonly level?: number
  readonly lid?: Tone
  readonly label?: Tone
}

const glassEdge: Tone = { ash: 0.6, sage: 0.5, ink: 0.1 }

/** A glass jar, foot at the origin. */
export function jar(random: Random, request: JarRequest): Shape[] {
  const { width, height, filling, bits, bitSize = 6, level = 0.82 } = request
  const half = width / 2
  const glass = roundedBox(-half, -height, width, height, width * 0.16)
  const top = -height * level
  const shapes: Shape[] = [
    { path: glass, tone: tones.mist },
    ...clipped(glass, [{ path: rectangle(-half, top, width, -top), tone: filling }]),
  ]
  if (bits !== undefined) {
    const count = Math.round((width * height * level) / (bitSize * bitSize * 5))
    const grains = Array.from({ length: count }, (): Shape => {
      const [x, y] = [random.between(-half, half), random.between(top + bitSize, -2)]
      return { path: ellipse(x, y, bitSize * random.between(0.6, 1), bitSize * random.between(0.4, 0.7)), tone: bits }
    })
    shapes.push(...clipped(glass, grains))
  }
  shapes.push(
    { path: glass, tone: glassEdge, strokeWidth: Math.max(width * 0.022, 2) },
    { path: gouge([-half + width * 0.12, -height * 0.86], [-half + width * 0.1, -height * 0.16], width * 0.035), tone: tones.paper },
    { path: gouge([half - width * 0.08, -height * 0.7], [half - width * 0.07, -height * 0.3], width * 0.016), tone: tones.paper },
  )
  if (request.label !== undefined) shapes.push(...label(random, { x: 0, y: -height * 0.38, width: width * 0.62, height: height * 0.32, tone: request.label }))
  if (request.lid !== undefined) {
    shapes.push(
      { path: roundedBox(-half * 0.86, -height - height * 0.11, half * 1.72, height * 0.14, 5), tone: request.lid },
      { path: gouge([-half * 0.7, -height - height * 0.075], [half * 0.5, -height - height * 0.075], 1.6), tone: tones.paper },
    )
  }
  return shapes
}

/** A paper label with a sprig on it, about its centre. */
export function label(random: Random, area: { x: number; y: number; width: number; height: number; tone: Tone }): Shape[] {
  const { x, y, width, height, tone } = area
  const shapes: Shape[] = [
    { path: rectangle(x - width / 2, y - height / 2, width, height), tone: tones.paper },
    { path: rectangle(x - width / 2, y - height / 2, width, height * 0.16), tone },
    { path: gouge([x, y + height * 0.36], [x, y - height * 0.18], Math.max(width * 0.012, 0.9)), tone },
  ]
  for (let step = 0; step < 4; step += 1) {
    const at = y + height * (0.24 - step * 0.12)
    const reach = width * (0.17 - step * 0.026)
    for (const side of [-1, 1]) {
      const path = gouge([x, at], [x + side * reach, at - height * 0.1], width * 0.035)
      shapes.push({ path, tone: random.chance(0.3) ? tones.sage : tone })
    }
  }
  return shapes
}

/** A bottle, foot at the origin. */
export function bottle(random: Random, request: { width: number; height: number; glass: Tone; cap: Tone; label: Tone }): Shape[] {
  const { width, height, glass, cap } = request
  const half = width / 2
  const body = smooth([[-half, -4], [-half, -height * 0.56], [-half * 0.86, -height * 0.66], [-half * 0.36, -height * 0.78], [-half * 0.32, -height * 0.94], [half * 0.32, -height * 0.94], [half * 0.36, -height * 0.78], [half * 0.86, -height * 0.66], [half, -height * 0.56], [half, -4], [half * 0.8, 0], [-half * 0.8, 0]], true)
  return [
    { path: body, tone: glass },
    ...hatch(random, { clip: body, left: half * 0.2, top: -height * 0.62, width: half * 0.7, height: height * 0.6, tone: tones.ink, spacing: 9, length: 40, sparse: 0.35, weight: 0.14, degrees: 90, overprint: true }),
    { path: gouge([-half * 0.7, -height * 0.58], [-half * 0.7, -height * 0.08], width * 0.04), tone: tones.paper },
    { path: rectangle(-half * 0.4, -height, half * 0.8, height * 0.08), tone: cap },
    ...label(random, { x: 0, y: -height * 0.31, width: width * 0.78, height: height * 0.3, tone: request.label }),
  ]
}

/** A paper bag with its top folded over, foot at the origin. */
export function paperBag(random: Random, request: { width: number; height: number; tone: Tone; label: Tone; fold?: Tone }): Shape[] {
  const { width, height, tone } = request
  const half = width / 2
  const body = polygon([[-half * 0.92, 0], [-half, -height * 0.9], [half, -height * 0.9], [half * 0.92, 0]])
  return [
    { path: body, tone },
    ...hatch(random, { clip: body, left: half * 0.62, top: -height * 0.9, width: half * 0.4, height: height * 0.88, tone: tones.toast, spacing: 9, length: 30, sparse: 0.35, weight: 0.14, degrees: 92, overprint: true }),
    ...hatch(random, { clip: body, left: -half, top: -height * 0.86, width, height: height * 0.84, tone: tones.paper, spacing: 22, length: 16, sparse: 0.7, weight: 0.07, degrees: 80 }),
    { path: polygon([[-half - 3, -height * 0.88], [-half + 2, -height], [half - 2, -height], [half + 3, -height * 0.88]]), tone: request.fold ?? tones.toast },
    { path: gouge([-half + 6, -height * 0.94], [half - 6, -height * 0.94], 1.6), tone: tones.cream },
    ...label(random, { x: 0, y: -height * 0.42, width: width * 0.62, height: height * 0.4, tone: request.label }),
  ]
}

/** A full sack, tied or open, foot at the origin. About 200 wide, 240 high. */
export function sack(random: Random, tone: Tone, open?: Tone): Shape[] {
  const outline = smooth([[-88, -4], [-102, -80], [-92, -160], [-70, -206], [70, -206], [92, -160], [102, -80], [88, -4], [0, 4]], true)
  const shapes: Shape[] = [
    { path: outline, tone },
    ...hatch(random, { clip: outline, left: -100, top: -200, width: 200, height: 200, tone: tones.cream, spacing: 15, length: 16, sparse: 0.5, weight: 0.09, degrees: 84 }),
    ...hatch(random, { clip: outline, left: 34, top: -200, width: 70, height: 198, tone: tones.toast, spacing: 12, length: 30, sparse: 0.35, weight: 0.13, degrees: 86, overprint: true }),
    { path: rectangle(-44, -124, 88, 12), tone: tones.slate, overprint: true },
    { path: rectangle(-30, -102, 60, 8), tone: tones.slate, overprint: true },
  ]
  if (open === undefined) {
    shapes.push(
      { path: smooth([[-70, -204], [-34, -222], [-58, -252], [0, -236], [58, -252], [34, -222], [70, -204], [0, -196]], true), tone },
      { path: rectangle(-42, -222, 84, 9), tone: tones.brick },
    )
    return shapes
  }
  return [
    ...shapes,
    { path: ellipse(0, -208, 80, 24), tone: tones.toast },
    { path: ellipse(0, -212, 68, 30), tone: open },
    ...hatch(random, { clip: ellipse(0, -212, 68, 30), left: -68, top: -242, width: 136, height: 60, tone: tones.crust, spacing: 7, length: 7, sparse: 0.3, weight: 0.26, degrees: 15 }),
  ]
}

/** A bowl, foot at the origin. */
export function bowl(random: Random, width: number, tone: Tone, filling?: Tone): Shape[] {
  const half = width / 2
  const outline = `M${-half} ${-half * 0.72}Q${-half * 0.86} ${-half * 0.02} ${-half * 0.32} 0L${half * 0.32} 0Q${half * 0.86} ${-half * 0.02} ${half} ${-half * 0.72}Z`
  return [
    { path: outline, tone },
    ...hatch(random, { clip: outline, left: -half, top: -half * 0.66, width, height: half * 0.6, tone: tones.paper, spacing: 14, length: 44, sparse: 0.45, weight: 0.1 }),
    { path: ellipse(0, -half * 0.72, half, half * 0.2), tone: tones.paper },
    { path: ellipse(0, -half * 0.7, half * 0.9, half * 0.15), tone: filling ?? tones.haze },
  ]
}

/** A mug with a handle, foot at the origin. */
export function mug(width: number, tone: Tone): Shape[] {
  const half = width / 2
  return [
    { path: ellipse(half * 1.02, -half * 0.92, half * 0.42, half * 0.48), tone, strokeWidth: width * 0.1 },
    { path: roundedBox(-half, -width * 0.98, width, width * 0.98, width * 0.12), tone },
    { path: ellipse(0, -width * 0.95, half, half * 0.22), tone: tones.paper },
    { path: ellipse(0, -width * 0.94, half * 0.88, half * 0.16), tone: tones.brown },
    { path: gouge([-half * 0.7, -width * 0.74], [-half * 0.66, -width * 0.2], width * 0.035), tone: tones.paper },
  ]
}

/** A teapot with its spout to the left, foot at the origin. About 260 wide, 170 high. */
export function teapot(random: Random, tone: Tone): Shape[] {
  const body = ellipse(0, -76, 92, 76)
  return [
    { path: smooth([[78, -120], [134, -124], [142, -70], [84, -40]]), tone, strokeWidth: 15 },
    { path: `M-72 -62Q-116 -58 -120 -100Q-122 -122 -142 -128L-128 -140Q-100 -132 -98 -104Q-94 -92 -66 -104Z`, tone },
    { path: body, tone },
    ...hatch(random, { clip: body, left: -80, top: -140, width: 160, height: 130, tone: tones.paper, spacing: 16, length: 34, sparse: 0.45, weight: 0.1 }),
    { path: ellipse(0, -144, 48, 12), tone: tones.paper },
    { path: `M-44 -146Q0 -182 44 -146Z`, tone },
    { path: ellipse(0, -172, 9), tone: tones.crust },
  ]
}

/** Steam: wavering marks rising from the origin. */
export function steam(random: Random, height: number, tone: Tone = tones.paper): Shape[] {
  return [-0.22, 0, 0.24].map((offset) => {
    const x = offset * height * 0.6
    const sway = height * 0.09
    const rise = height * random.between(0.75, 1)
    return {
      path: smooth([[x, 0], [x + sway, -rise * 0.28], [x - sway * 0.6, -rise * 0.6], [x + sway * 0.8, -rise]]),
      tone,
      strokeWidth: Math.max(height * 0.022, 2.4),
    }
  })
}

/** A slatted crate seen from the front, foot at the origin. */
export function crate(random: Random, width: number, height: number, tone: Tone = tones.wheat): Shape[] {
  const slat = height / 3.3
  const slats = [0, 1, 2].flatMap((index): Shape[] => {
    const top = -height + index * (height / 3)
    const clip = rectangle(-width / 2, top, width, slat)
    return [
      { path: clip, tone },
      ...hatch(random, { clip, left: -width / 2, top, width, height: slat, tone: tones.crust, spacing: slat / 4, length: width / 4, sparse: 0.5, weight: 0.1 }),
    ]
  })
  const posts = [-1, 1].map((side) => ({ path: rectangle(side * (width / 2 - 14) - 12, -height - 6, 24, height + 6), tone: tones.crust }))
  return [{ path: rectangle(-width / 2 + 6, -height + 4, width - 12, height - 4), tone: tones.brown }, ...slats, ...posts]
}

/** A lit candle, foot at the origin. */
export function candle(width: number, height: number, tone: Tone): Shape[] {
  return [
    { path: rectangle(-width / 2, -height, width, height), tone },
    { path: ellipse(0, -height, width / 2, width * 0.13), tone: tones.cream },
    { path: gouge([-width * 0.34, -height * 0.9], [-width * 0.34, -height * 0.1], width * 0.03), tone: tones.paper },
    { path: gouge([0, -height], [0, -height - width * 0.24], 2), tone: tones.ink },
    ...place([{ path: `M0 0C${width * 0.26} ${-width * 0.2} ${width * 0.12} ${-width * 0.5} 0 ${-width * 0.72}C${-width * 0.12} ${-width * 0.5} ${-width * 0.26} ${-width * 0.2} 0 0Z`, tone: tones.ochre }], { x: 0, y: -height - width * 0.14 }),
  ]
}

export function roundedBox(x: number, y: number, width: number, height: number, radius: number): string {
  const [right, bottom] = [x + width, y + height]
  return `M${x + radius} ${y}L${right - radius} ${y}Q${right} ${y} ${right} ${y + radius}L${right} ${bottom - radius}Q${right} ${bottom} ${right - radius} ${bottom}L${x + radius} ${bottom}Q${x} ${bottom} ${x} ${bottom - radius}L${x} ${y + radius}Q${x} ${y} ${x + radius} ${y}Z`
}
