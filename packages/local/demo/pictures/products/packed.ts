import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { hatch } from '../marks.ts'
import type { Random } from '../random.ts'
import { ellipse, gouge, place, points, polygon, rectangle, roundedBox } from '../shape.ts'
import type { Point, Shape } from '../shape.ts'
import { label } from '../things/vessels.ts'
import { shadow } from './still-life.ts'

export function eggBox(random: Random): Shape[] {
  const eggs = [0, 1, 2].flatMap((index): Shape[] => {
    const egg = ellipse(264 + index * 136, 470, 54, 70)
    const tone = [tones.cream, tones.petal, tones.wheat][index] ?? tones.cream
    return [
      { path: egg, tone },
      ...hatch(random, {
        clip: egg,
        left: 290 + index * 136,
        top: 410,
        width: 40,
        height: 110,
        tone: tones.crust,
        spacing: 11,
        length: 10,
        sparse: 0.5,
        weight: 0.14,
        degrees: 80,
      }),
    ]
  })
  const front =
    'M176 500Q196 470 230 500Q264 530 300 500Q332 470 366 500Q400 530 436 500Q468 470 502 500Q536 530 570 500Q604 470 624 500L600 640L200 640Z'
  return [
    ...shadow(480, 400, 640),
    {
      path: polygon(points('186,500 206,330 594,330 614,500')),
      tone: tones.slate,
    },
    ...eggs,
    { path: front, tone: tones.ash },
    ...hatch(random, {
      clip: front,
      left: 180,
      top: 490,
      width: 440,
      height: 150,
      tone: tones.haze,
      spacing: 17,
      length: 24,
      sparse: 0.4,
      weight: 0.12,
      degrees: 84,
    }),
    ...label(random, { x: 400, y: 588, width: 150, height: 80, tone: tones.brick }),
  ]
}

export function cheese(random: Random): Shape[] {
  const top = 'M150 560L470 400L650 440L640 470Z'
  return [
    ...shadow(560, 400, 618),
    { path: 'M150 560L640 470L640 616L150 616Z', tone: tones.cream },
    { path: top, tone: tones.ochre },
    { path: 'M640 470L650 440L664 586L640 616Z', tone: tones.crust },
    ...hatch(random, {
      clip: 'M150 560L640 470L640 616L150 616Z',
      left: 150,
      top: 470,
      width: 490,
      height: 146,
      tone: tones.wheat,
      spacing: 14,
      length: 30,
      sparse: 0.45,
      weight: 0.16,
      degrees: -8,
    }),
    ...hatch(random, {
      clip: top,
      left: 150,
      top: 400,
      width: 500,
      height: 160,
      tone: tones.crust,
      spacing: 12,
      length: 40,
      sparse: 0.5,
      weight: 0.13,
      degrees: -22,
    }),
  ]
}

export function chocolate(random: Random): Shape[] {
  const squares = Array.from({ length: 12 }, (_, index): Shape[] => {
    const [x, y] = [-144 + (index % 3) * 96, -196 + Math.floor(index / 3) * 76]
    return [
      { path: roundedBox(x, y, 90, 70, 8), tone: tones.toast },
      { path: gouge([x + 12, y + 14], [x + 66, y + 12], 3), tone: tones.crust },
    ]
  }).flat()
  return place(
    [
      { path: rectangle(-156, -208, 312, 420), tone: tones.brown },
      ...squares,
      {
        path: polygon(points('-176,0 -120,-26 -60,4 0,-24 70,6 130,-20 176,2 176,250 -176,250')),
        tone: tones.ash,
      },
      { path: rectangle(-176, 40, 352, 210), tone: tones.brick },
      ...label(random, { x: 0, y: 146, width: 200, height: 130, tone: tones.ochre }),
    ],
    { x: 400, y: 420, degrees: -9, scale: 1.15 },
  )
}

export function soap(random: Random): Shape[] {
  const bar = ([x, y]: Point, tone: Tone, edge: Tone): Shape[] => {
    const top = `M${x - 150} ${y - 70}L${x - 60} ${y - 120}L${x + 170} ${y - 84}L${x + 90} ${y - 30}Z`
    return [
      {
        path: `M${x - 150} ${y - 70}L${x + 90} ${y - 30}L${x + 90} ${y + 50}L${x - 150} ${y + 8}Z`,
        tone,
      },
      {
        path: `M${x + 90} ${y - 30}L${x + 170} ${y - 84}L${x + 170} ${y - 8}L${x + 90} ${y + 50}Z`,
        tone: edge,
      },
      { path: top, tone },
      ...hatch(random, {
        clip: top,
        left: x - 150,
        top: y - 120,
        width: 320,
        height: 90,
        tone: tones.paper,
        spacing: 15,
        length: 40,
        sparse: 0.4,
        weight: 0.12,
        degrees: 9,
      }),
      {
        path: `M${x - 150} ${y - 70}L${x + 90} ${y - 30}L${x + 170} ${y - 84}`,
        tone: tones.paper,
        strokeWidth: 4,
      },
    ]
  }
  return [
    ...shadow(480, 400, 660),
    ...bar([390, 620], tones.leaf, tones.sage),
    ...bar([400, 500], tones.lime, tones.moss),
    ...bubbles(random),
  ]
}

function bubbles(random: Random): Shape[] {
  return Array.from({ length: 16 }, (): Shape[] => {
    const [x, y, size] = [random.between(140, 660), random.between(180, 380), random.between(9, 26)]
    return [
      { path: ellipse(x, y, size), tone: tones.paper, strokeWidth: 3 },
      { path: ellipse(x - size * 0.3, y - size * 0.3, size * 0.2), tone: tones.paper },
    ]
  }).flat()
}

export function pump(): Shape[] {
  return [
    { path: rectangle(-9, -70, 18, 60), tone: tones.slate },
    { path: roundedBox(-70, -96, 92, 30, 8), tone: tones.slate },
    { path: rectangle(-70, -78, 14, 30), tone: tones.slate },
    { path: rectangle(-34, -36, 68, 30), tone: tones.slate },
  ]
}

export function glow(): Shape[] {
  return [300, 220, 140].map((radius): Shape => ({
    path: ellipse(400, 330, radius),
    tone: { ochre: 0.2 + (300 - radius) / 600 },
    overprint: true,
  }))
}
