import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { hatch } from '../marks.ts'
import type { Random } from '../random.ts'
import { clipped, ellipse, gouge, rectangle, roundedBox, smooth } from '../shape.ts'
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
      return {
        path: ellipse(x, y, bitSize * random.between(0.6, 1), bitSize * random.between(0.4, 0.7)),
        tone: bits,
      }
    })
    shapes.push(...clipped(glass, grains))
  }
  shapes.push(
    { path: glass, tone: glassEdge, strokeWidth: Math.max(width * 0.022, 2) },
    {
      path: gouge(
        [-half + width * 0.12, -height * 0.86],
        [-half + width * 0.1, -height * 0.16],
        width * 0.035,
      ),
      tone: tones.paper,
    },
    {
      path: gouge(
        [half - width * 0.08, -height * 0.7],
        [half - width * 0.07, -height * 0.3],
        width * 0.016,
      ),
      tone: tones.paper,
    },
  )
  if (request.label !== undefined)
    shapes.push(
      ...label(random, {
        x: 0,
        y: -height * 0.38,
        width: width * 0.62,
        height: height * 0.32,
        tone: request.label,
      }),
    )
  if (request.lid !== undefined) {
    shapes.push(
      {
        path: roundedBox(-half * 0.86, -height - height * 0.11, half * 1.72, height * 0.14, 5),
        tone: request.lid,
      },
      {
        path: gouge(
          [-half * 0.7, -height - height * 0.075],
          [half * 0.5, -height - height * 0.075],
          1.6,
        ),
        tone: tones.paper,
      },
    )
  }
  return shapes
}

/** A paper label with a sprig on it, about its centre. */
export function label(
  random: Random,
  area: { x: number; y: number; width: number; height: number; tone: Tone },
): Shape[] {
  const { x, y, width, height, tone } = area
  const shapes: Shape[] = [
    { path: rectangle(x - width / 2, y - height / 2, width, height), tone: tones.paper },
    { path: rectangle(x - width / 2, y - height / 2, width, height * 0.16), tone },
    {
      path: gouge([x, y + height * 0.36], [x, y - height * 0.18], Math.max(width * 0.012, 0.9)),
      tone,
    },
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
export function bottle(
  random: Random,
  request: { width: number; height: number; glass: Tone; cap: Tone; label: Tone },
): Shape[] {
  const { width, height, glass, cap } = request
  const half = width / 2
  const body = smooth(
    [
      [-half, -4],
      [-half, -height * 0.56],
      [-half * 0.86, -height * 0.66],
      [-half * 0.36, -height * 0.78],
      [-half * 0.32, -height * 0.94],
      [half * 0.32, -height * 0.94],
      [half * 0.36, -height * 0.78],
      [half * 0.86, -height * 0.66],
      [half, -height * 0.56],
      [half, -4],
      [half * 0.8, 0],
      [-half * 0.8, 0],
    ],
    true,
  )
  return [
    { path: body, tone: glass },
    ...hatch(random, {
      clip: body,
      left: half * 0.2,
      top: -height * 0.62,
      width: half * 0.7,
      height: height * 0.6,
      tone: tones.ink,
      spacing: 9,
      length: 40,
      sparse: 0.35,
      weight: 0.14,
      degrees: 90,
      overprint: true,
    }),
    {
      path: gouge([-half * 0.7, -height * 0.58], [-half * 0.7, -height * 0.08], width * 0.04),
      tone: tones.paper,
    },
    { path: rectangle(-half * 0.4, -height, half * 0.8, height * 0.08), tone: cap },
    ...label(random, {
      x: 0,
      y: -height * 0.31,
      width: width * 0.78,
      height: height * 0.3,
      tone: request.label,
    }),
  ]
}
