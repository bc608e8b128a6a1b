import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { hatch } from '../marks.ts'
import type { Random } from '../random.ts'
import { ellipse, gouge, place, points, rectangle, roundedBox, smooth } from '../shape.ts'
import type { Shape } from '../shape.ts'

/** A bowl, foot at the origin. */
export function bowl(
  random: Random,
  width: number,
  { tone, filling = tones.haze }: { tone: Tone; filling?: Tone },
): Shape[] {
  const half = width / 2
  const outline = `M${-half} ${-half * 0.72}Q${-half * 0.86} ${-half * 0.02} ${-half * 0.32} 0L${half * 0.32} 0Q${half * 0.86} ${-half * 0.02} ${half} ${-half * 0.72}Z`
  return [
    { path: outline, tone },
    ...hatch(random, {
      clip: outline,
      left: -half,
      top: -half * 0.66,
      width,
      height: half * 0.6,
      tone: tones.paper,
      spacing: 14,
      length: 44,
      sparse: 0.45,
      weight: 0.1,
    }),
    { path: ellipse(0, -half * 0.72, half, half * 0.2), tone: tones.paper },
    { path: ellipse(0, -half * 0.7, half * 0.9, half * 0.15), tone: filling },
  ]
}

/** A mug with a handle, foot at the origin. */
export function mug(width: number, tone: Tone): Shape[] {
  const half = width / 2
  return [
    {
      path: ellipse(half * 1.02, -half * 0.92, half * 0.42, half * 0.48),
      tone,
      strokeWidth: width * 0.1,
    },
    { path: roundedBox(-half, -width * 0.98, width, width * 0.98, width * 0.12), tone },
    { path: ellipse(0, -width * 0.95, half, half * 0.22), tone: tones.paper },
    { path: ellipse(0, -width * 0.94, half * 0.88, half * 0.16), tone: tones.brown },
    {
      path: gouge([-half * 0.7, -width * 0.74], [-half * 0.66, -width * 0.2], width * 0.035),
      tone: tones.paper,
    },
  ]
}

/** A teapot with its spout to the left, foot at the origin. About 260 wide, 170 high. */
export function teapot(random: Random, tone: Tone): Shape[] {
  const body = ellipse(0, -76, 92, 76)
  return [
    {
      path: smooth(points('78,-120 134,-124 142,-70 84,-40')),
      tone,
      strokeWidth: 15,
    },
    {
      path: `M-72 -62Q-116 -58 -120 -100Q-122 -122 -142 -128L-128 -140Q-100 -132 -98 -104Q-94 -92 -66 -104Z`,
      tone,
    },
    { path: body, tone },
    ...hatch(random, {
      clip: body,
      left: -80,
      top: -140,
      width: 160,
      height: 130,
      tone: tones.paper,
      spacing: 16,
      length: 34,
      sparse: 0.45,
      weight: 0.1,
    }),
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
      path: smooth([
        [x, 0],
        [x + sway, -rise * 0.28],
        [x - sway * 0.6, -rise * 0.6],
        [x + sway * 0.8, -rise],
      ]),
      tone,
      strokeWidth: Math.max(height * 0.022, 2.4),
    }
  })
}

/** A lit candle, foot at the origin. */
export function candle(width: number, height: number, tone: Tone): Shape[] {
  return [
    { path: rectangle(-width / 2, -height, width, height), tone },
    { path: ellipse(0, -height, width / 2, width * 0.13), tone: tones.cream },
    {
      path: gouge([-width * 0.34, -height * 0.9], [-width * 0.34, -height * 0.1], width * 0.03),
      tone: tones.paper,
    },
    { path: gouge([0, -height], [0, -height - width * 0.24], 2), tone: tones.ink },
    ...place(
      [
        {
          path: `M0 0C${width * 0.26} ${-width * 0.2} ${width * 0.12} ${-width * 0.5} 0 ${-width * 0.72}C${-width * 0.12} ${-width * 0.5} ${-width * 0.26} ${-width * 0.2} 0 0Z`,
          tone: tones.ochre,
        },
      ],
      { x: 0, y: -height - width * 0.14 },
    ),
  ]
}
