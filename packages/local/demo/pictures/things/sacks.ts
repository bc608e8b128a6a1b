import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { hatch } from '../marks.ts'
import type { Random } from '../random.ts'
import { ellipse, gouge, points, polygon, rectangle, smooth } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { label } from './vessels.ts'

/** A paper bag with its top folded over, foot at the origin. */
export function paperBag(
  random: Random,
  request: { width: number; height: number; tone: Tone; label: Tone; fold?: Tone },
): Shape[] {
  const { width, height, tone } = request
  const half = width / 2
  const body = polygon([
    [-half * 0.92, 0],
    [-half, -height * 0.9],
    [half, -height * 0.9],
    [half * 0.92, 0],
  ])
  return [
    { path: body, tone },
    ...hatch(random, {
      clip: body,
      left: half * 0.62,
      top: -height * 0.9,
      width: half * 0.4,
      height: height * 0.88,
      tone: tones.toast,
      spacing: 9,
      length: 30,
      sparse: 0.35,
      weight: 0.14,
      degrees: 92,
      overprint: true,
    }),
    ...hatch(random, {
      clip: body,
      left: -half,
      top: -height * 0.86,
      width,
      height: height * 0.84,
      tone: tones.paper,
      spacing: 22,
      length: 16,
      sparse: 0.7,
      weight: 0.07,
      degrees: 80,
    }),
    {
      path: polygon([
        [-half - 3, -height * 0.88],
        [-half + 2, -height],
        [half - 2, -height],
        [half + 3, -height * 0.88],
      ]),
      tone: request.fold ?? tones.toast,
    },
    {
      path: gouge([-half + 6, -height * 0.94], [half - 6, -height * 0.94], 1.6),
      tone: tones.cream,
    },
    ...label(random, {
      x: 0,
      y: -height * 0.42,
      width: width * 0.62,
      height: height * 0.4,
      tone: request.label,
    }),
  ]
}

/** A full sack, tied or open, foot at the origin. About 200 wide, 240 high. */
export function sack(random: Random, tone: Tone, open?: Tone): Shape[] {
  const outline = smooth(
    points('-88,-4 -102,-80 -92,-160 -70,-206 70,-206 92,-160 102,-80 88,-4 0,4'),
    true,
  )
  const shapes: Shape[] = [
    { path: outline, tone },
    ...hatch(random, {
      clip: outline,
      left: -100,
      top: -200,
      width: 200,
      height: 200,
      tone: tones.cream,
      spacing: 15,
      length: 16,
      sparse: 0.5,
      weight: 0.09,
      degrees: 84,
    }),
    ...hatch(random, {
      clip: outline,
      left: 34,
      top: -200,
      width: 70,
      height: 198,
      tone: tones.toast,
      spacing: 12,
      length: 30,
      sparse: 0.35,
      weight: 0.13,
      degrees: 86,
      overprint: true,
    }),
    { path: rectangle(-44, -124, 88, 12), tone: tones.slate, overprint: true },
    { path: rectangle(-30, -102, 60, 8), tone: tones.slate, overprint: true },
  ]
  if (open === undefined) {
    shapes.push(
      {
        path: smooth(
          points('-70,-204 -34,-222 -58,-252 0,-236 58,-252 34,-222 70,-204 0,-196'),
          true,
        ),
        tone,
      },
      { path: rectangle(-42, -222, 84, 9), tone: tones.brick },
    )
    return shapes
  }
  return [
    ...shapes,
    { path: ellipse(0, -208, 80, 24), tone: tones.toast },
    { path: ellipse(0, -212, 68, 30), tone: open },
    ...hatch(random, {
      clip: ellipse(0, -212, 68, 30),
      left: -68,
      top: -242,
      width: 136,
      height: 60,
      tone: tones.crust,
      spacing: 7,
      length: 7,
      sparse: 0.3,
      weight: 0.26,
      degrees: 15,
    }),
  ]
}

/** A slatted crate seen from the front, foot at the origin. */
export function crate(random: Random, width: number, height: number): Shape[] {
  const slat = height / 3.3
  const slats = [0, 1, 2].flatMap((index): Shape[] => {
    const top = -height + index * (height / 3)
    const clip = rectangle(-width / 2, top, width, slat)
    return [
      { path: clip, tone: tones.wheat },
      ...hatch(random, {
        clip,
        left: -width / 2,
        top,
        width,
        height: slat,
        tone: tones.crust,
        spacing: slat / 4,
        length: width / 4,
        sparse: 0.5,
        weight: 0.1,
      }),
    ]
  })
  const posts = [-1, 1].map((side) => ({
    path: rectangle(side * (width / 2 - 14) - 12, -height - 6, 24, height + 6),
    tone: tones.crust,
  }))
  return [
    { path: rectangle(-width / 2 + 6, -height + 4, width - 12, height - 4), tone: tones.brown },
    ...slats,
    ...posts,
  ]
}
