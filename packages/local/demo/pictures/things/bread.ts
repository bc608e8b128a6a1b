import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { hatch } from '../marks.ts'
import type { Random } from '../random.ts'
import { ellipse, gouge, place, points, rectangle, smooth } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { leafPath } from './plants.ts'

/** A round loaf with an ear of wheat cut in its crust. 240 wide, 130 high, foot at the origin. */
export function boule(
  random: Random,
  crust: Tone = tones.crust,
  score: Tone = tones.cream,
): Shape[] {
  const outline = smooth(
    points('-120,-34 -92,-92 -30,-128 36,-127 96,-90 120,-34 92,-3 0,2 -94,-3'),
    true,
  )
  const shapes: Shape[] = [
    { path: outline, tone: crust },
    ...hatch(random, {
      clip: outline,
      left: -120,
      top: -60,
      width: 240,
      height: 60,
      tone: tones.toast,
      spacing: 9,
      length: 46,
      sparse: 0.25,
      weight: 0.24,
    }),
    ...hatch(random, {
      clip: outline,
      left: -104,
      top: -128,
      width: 208,
      height: 70,
      tone: score,
      spacing: 15,
      length: 20,
      sparse: 0.55,
      weight: 0.1,
      degrees: -8,
    }),
    { path: gouge([-62, -44], [64, -100], 4, -14), tone: score },
  ]
  for (let step = 0; step < 6; step += 1) {
    const [x, y] = [-44 + step * 19, -54 - step * 9.5]
    shapes.push(
      ...place([{ path: leafPath(38, 8), tone: score }], { x, y, degrees: -78 + step * 3 }),
    )
    shapes.push(
      ...place([{ path: leafPath(36, 8), tone: score }], { x, y, degrees: 22 + step * 3 }),
    )
  }
  return shapes
}

/** A tin loaf seen from its long side. 250 wide, 150 high, foot at the origin. */
export function tinLoaf(
  random: Random,
  crust: Tone = tones.crust,
  top: Tone = tones.toast,
): Shape[] {
  const outline = smooth(
    points('-118,0 -124,-84 -112,-132 -50,-148 10,-152 70,-147 118,-130 124,-84 118,0 0,3'),
    true,
  )
  return [
    { path: outline, tone: crust },
    {
      path: smooth(
        points(
          '-132,-96 -116,-140 -50,-156 10,-160 72,-154 120,-138 132,-96 60,-104 0,-100 -60,-105',
        ),
        true,
      ),
      tone: top,
    },
    ...hatch(random, {
      clip: outline,
      left: -118,
      top: -92,
      width: 236,
      height: 92,
      tone: top,
      spacing: 12,
      length: 26,
      sparse: 0.4,
      weight: 0.15,
      degrees: 90,
    }),
    { path: gouge([-88, -132], [90, -130], 7, -8), tone: tones.cream },
    ...hatch(random, {
      clip: outline,
      left: -110,
      top: -150,
      width: 220,
      height: 40,
      tone: tones.cream,
      spacing: 11,
      length: 14,
      sparse: 0.6,
      weight: 0.12,
    }),
  ]
}

/** A long loaf with slanting cuts. 300 wide, 96 high, foot at the origin. */
export function bloomer(random: Random, crust: Tone = tones.crust): Shape[] {
  const outline = smooth(points('-150,-38 -112,-82 0,-97 112,-82 150,-38 106,-2 0,3 -106,-2'), true)
  const shapes: Shape[] = [
    { path: outline, tone: crust },
    ...hatch(random, {
      clip: outline,
      left: -150,
      top: -40,
      width: 300,
      height: 42,
      tone: tones.toast,
      spacing: 8,
      length: 50,
      sparse: 0.2,
      weight: 0.25,
    }),
  ]
  for (let x = -98; x <= 92; x += 38) {
    shapes.push({ path: gouge([x - 8, -44], [x + 30, -86], 9, 5), tone: tones.cream })
    shapes.push({ path: gouge([x - 2, -48], [x + 24, -78], 2, 5), tone: tones.wheat })
  }
  return shapes
}

/** A slice with its crumb. 150 wide, 150 high, foot at the origin. */
export function slice(
  random: Random,
  crumb: Tone = tones.cream,
  crust: Tone = tones.toast,
): Shape[] {
  const outline = (inset: number): string =>
    smooth(
      [
        [-62 + inset, -inset],
        [-66 + inset, -84],
        [-76 + inset, -108],
        [-60 + inset, -138 + inset],
        [0, -150 + inset],
        [60 - inset, -138 + inset],
        [76 - inset, -108],
        [66 - inset, -84],
        [62 - inset, -inset],
        [0, 2 - inset],
      ],
      true,
    )
  const holes = Array.from({ length: 26 }, (): Shape => {
    const [x, y] = [random.between(-46, 46), random.between(-126, -14)]
    return {
      path: ellipse(x, y, random.between(1.5, 6), random.between(1.2, 3.6)),
      tone: tones.wheat,
    }
  })
  return [{ path: outline(0), tone: crust }, { path: outline(8), tone: crumb }, ...holes]
}

/** A bun, a teacake or a roll. 120 wide, 66 high, foot at the origin. */
export function bun(random: Random, crust: Tone = tones.crust, top: Tone = tones.cream): Shape[] {
  const outline = smooth(points('-60,-18 -44,-50 0,-66 44,-50 60,-18 40,0 -40,0'), true)
  return [
    { path: outline, tone: tones.toast, strokeWidth: 3 },
    { path: outline, tone: crust },
    ...hatch(random, {
      clip: outline,
      left: -60,
      top: -20,
      width: 120,
      height: 22,
      tone: tones.toast,
      spacing: 6,
      length: 22,
      sparse: 0.35,
      weight: 0.18,
    }),
    ...hatch(random, {
      clip: outline,
      left: -48,
      top: -64,
      width: 96,
      height: 36,
      tone: top,
      spacing: 7,
      length: 9,
      sparse: 0.45,
      weight: 0.14,
    }),
  ]
}

/** A square of something baked in a tray, in perspective. 150 wide, foot at the origin. */
export function traybakeSquare(
  random: Random,
  { top, side, crumbs }: { top: Tone; side: Tone; crumbs: Tone },
): Shape[] {
  const flat = `M-75 -62L-18 -92L75 -70L18 -38Z`
  return [
    { path: 'M-75 -62L18 -38L18 6L-75 -18Z', tone: side },
    { path: 'M18 -38L75 -70L75 -26L18 6Z', tone: tones.brown },
    { path: flat, tone: top },
    ...hatch(random, {
      clip: flat,
      left: -75,
      top: -92,
      width: 150,
      height: 54,
      tone: crumbs,
      spacing: 8,
      length: 9,
      sparse: 0.4,
      weight: 0.24,
      degrees: 20,
    }),
    ...hatch(random, {
      clip: 'M-75 -62L18 -38L18 6L-75 -18Z',
      left: -75,
      top: -62,
      width: 93,
      height: 70,
      tone: crumbs,
      spacing: 9,
      length: 10,
      sparse: 0.6,
      weight: 0.2,
      degrees: 14,
    }),
  ]
}

/** A board with a handle, seen a little from above. */
export function board(random: Random, width: number, tone: Tone = tones.wheat): Shape[] {
  const outline = `M${-width / 2} -14Q${-width / 2} -26 ${-width / 2 + 14} -26L${width / 2 - 10} -26L${width / 2 + 70} -20Q${width / 2 + 84} -12 ${width / 2 + 70} -4L${width / 2 - 10} 6L${-width / 2 + 14} 6Q${-width / 2} 6 ${-width / 2} -6Z`
  return [
    { path: outline, tone },
    ...hatch(random, {
      clip: outline,
      left: -width / 2,
      top: -26,
      width,
      height: 34,
      tone: tones.crust,
      spacing: 8,
      length: 90,
      sparse: 0.5,
      weight: 0.1,
    }),
    { path: rectangle(-width / 2 + 6, 4, width - 10, 8), tone: tones.toast },
  ]
}

/** A bread knife lying to the right, handle at the origin. */
export function breadKnife(length: number): Shape[] {
  return [
    {
      path: `M0 -8L${length * 0.66} -10Q${length * 0.7} -2 ${length * 0.66} 4L0 6Z`,
      tone: tones.mist,
    },
    { path: gouge([6, -4], [length * 0.62, -6], 1.6), tone: tones.slate },
    {
      path: smooth(
        [
          [-length * 0.34, -10],
          [0, -12],
          [0, 10],
          [-length * 0.34, 10],
        ],
        true,
      ),
      tone: tones.brown,
    },
    { path: ellipse(-length * 0.1, -1, 3), tone: tones.wheat },
    { path: ellipse(-length * 0.24, -1, 3), tone: tones.wheat },
  ]
}
