import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { boards, hatch } from '../marks.ts'
import type { Random } from '../random.ts'
import { clipped, ellipse, gouge, place, points, polygon, rectangle, smooth } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { shelf, wall } from '../things/rooms.ts'
import { mug, steam, teapot } from '../things/tableware.ts'
import { jar } from '../things/vessels.ts'

/** Two shelves of jars filled to different heights: the year as a bar chart. */
export function ledgerJars(random: Random): Shape[] {
  const levels = [0.34, 0.42, 0.5, 0.46, 0.62, 0.7, 0.66, 0.84]
  const fillings = [
    tones.brick,
    tones.ochre,
    tones.moss,
    tones.wheat,
    tones.plum,
    tones.crust,
    tones.sage,
    tones.rose,
  ]
  const bits = [
    tones.petal,
    tones.crust,
    tones.lime,
    tones.crust,
    tones.rose,
    tones.cream,
    tones.mist,
    tones.paper,
  ]
  const jars = levels.flatMap((level, index) =>
    place(
      jar(random, {
        width: 142,
        height: 400,
        filling: fillings[index] ?? tones.rose,
        bits: bits[index] ?? tones.paper,
        bitSize: 10,
        level,
        lid: tones.slate,
      }),
      { x: 182 + index * 177, y: 640 },
    ),
  )
  return [
    ...wall(random, { width: 1600, floorY: 1000, tone: tones.leaf, marks: tones.mist }),
    ...jars,
    ...place(shelf(random, { x: 0, y: 0, width: 1480 }), { x: 60, y: 640, scale: 1 }),
    { path: rectangle(60, 656, 1480, 12), tone: tones.brown },
    ...place(
      [
        {
          path: polygon(points('-330,-20 -300,-130 0,-104 300,-130 330,-20 0,10')),
          tone: tones.paper,
        },
        {
          path: polygon(points('-336,-14 0,16 336,-14 336,8 0,36 -336,8')),
          tone: tones.brick,
        },
        { path: gouge([0, -102], [0, 12], 4), tone: tones.ash },
        ...[0, 1, 2, 3].flatMap((line): Shape[] => [
          {
            path: gouge([-270 + line * 4, -100 + line * 24], [-50, -84 + line * 24], 2.6),
            tone: tones.slate,
          },
          {
            path: gouge([50, -84 + line * 24], [270 - line * 4, -100 + line * 24], 2.6),
            tone: tones.slate,
          },
        ]),
      ],
      { x: 660, y: 900 },
    ),
    ...place(
      [
        { path: gouge([0, 0], [190, -120], 9), tone: tones.ochre },
        { path: gouge([-18, 11], [4, -2], 5), tone: tones.ink },
      ],
      { x: 980, y: 900 },
    ),
    ...place(mug(140, tones.brick), { x: 1330, y: 930 }),
    ...place(steam(random, 130), { x: 1330, y: 780 }),
    { path: rectangle(-10, 936, 1620, 80), tone: tones.crust },
    ...hatch(random, {
      clip: rectangle(0, 936, 1600, 70),
      left: 0,
      top: 936,
      width: 1600,
      height: 70,
      tone: tones.toast,
      spacing: 12,
      length: 120,
      sparse: 0.4,
      weight: 0.1,
    }),
  ]
}

/** Two jars and a bowl of beans: a vote, and the side that lost it. */
export function beanVote(random: Random): Shape[] {
  const beans = (
    count: number,
    tone: Tone,
    area: { x: number; y: number; width: number; height: number },
  ): Shape[] =>
    Array.from({ length: count }, () =>
      place(
        [
          {
            path: smooth(points('-17,0 -8,-11 10,-10 17,1 7,10 0,5 -9,10'), true),
            tone,
          },
          { path: gouge([-7, -4], [5, -5], 1.8), tone: tones.paper },
        ],
        {
          x: area.x + random.between(0, area.width),
          y: area.y + random.between(0, area.height),
          degrees: random.between(0, 360),
        },
      ),
    ).flat()
  const glass = ({
    x,
    level,
    tone,
    bean,
  }: {
    x: number
    level: number
    tone: Tone
    bean: Tone
  }): Shape[] => [
    ...place(jar(random, { width: 300, height: 470, filling: tone, level }), { x, y: 830 }),
    ...clipped(
      rectangle(x - 140, 830 - 470 * level - 12, 280, 470 * level),
      beans(Math.round(230 * level), bean, {
        x: x - 136,
        y: 830 - 470 * level,
        width: 272,
        height: 470 * level - 8,
      }),
    ),
    { path: gouge([x - 118, 420], [x - 120, 760], 9), tone: tones.paper },
  ]
  return [
    ...wall(random, { width: 1600, floorY: 720, tone: tones.blush, marks: tones.paper }),
    ...place(shelf(random, { x: 0, y: 0, width: 420 }), { x: 1120, y: 250 }),
    ...place(teapot(random, tones.pine), { x: 1240, y: 250, scale: 0.7 }),
    ...place(mug(74, tones.ochre), { x: 1400, y: 250 }),
    ...place(mug(74, tones.slate), { x: 1490, y: 250 }),
    ...boards(
      random,
      { left: 0, top: 700, width: 1600, height: 300, board: 100 },
      { board: tones.wheat, seam: tones.toast, grain: tones.crust },
    ),
    { path: ellipse(470, 832, 190, 22), tone: tones.toast, overprint: true },
    { path: ellipse(900, 832, 190, 22), tone: tones.toast, overprint: true },
    ...glass({ x: 470, level: 0.4, tone: tones.haze, bean: tones.cream }),
    ...glass({ x: 900, level: 0.72, tone: { ink: 0.4, rose: 0.4 }, bean: tones.plum }),
    ...beans(16, tones.plum, { x: 1120, y: 830, width: 320, height: 110 }),
    ...beans(12, tones.cream, { x: 140, y: 860, width: 1000, height: 100 }),
  ]
}
