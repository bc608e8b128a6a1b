import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import type { Random } from '../random.ts'
import { ellipse, gouge, place, points, polygon, polyline, rectangle } from '../shape.ts'
import type { Point, Shape } from '../shape.ts'
import { bloomer, boule, tinLoaf } from '../things/bread.ts'
import { projector, wheel } from '../things/machines.ts'
import { kale, leek } from '../things/produce.ts'
import { bunting, chair, hangingLamp, shelf } from '../things/rooms.ts'
import { crate, paperBag, sack } from '../things/sacks.ts'
import { mug } from '../things/tableware.ts'
import { tool } from '../things/tools.ts'
import { jar } from '../things/vessels.ts'

export const floorHeight = 160

/** Draws things against a lamp hung from the ceiling of the room. */
function lamp(random: Random, x: number, tone: Tone): Shape[] {
  return place(hangingLamp(random, { x: 0, y: 36, size: 26, tone }), { x, y: -floorHeight })
}

export function bakeryRoom(random: Random): Shape[] {
  const mouth = 'M30 0L30 -76Q98 -140 166 -76L166 0Z'
  return [
    { path: rectangle(10, -150, 180, 150), tone: tones.brick },
    { path: mouth, tone: tones.ochre },
    { path: mouth, tone: tones.ink, strokeWidth: 10 },
    ...place(boule(random), { x: 98, y: -8, scale: 0.4 }),
    { path: rectangle(216, -62, 200, 12), tone: tones.crust },
    { path: rectangle(228, -52, 10, 52), tone: tones.brown },
    { path: rectangle(394, -52, 10, 52), tone: tones.brown },
    ...place(tinLoaf(random), { x: 262, y: -62, scale: 0.28 }),
    ...place(bloomer(random), { x: 352, y: -62, scale: 0.32 }),
    ...lamp(random, 316, tones.slate),
  ]
}

export function shopRoom(random: Random): Shape[] {
  return [
    ...[-112, -66].flatMap((y) =>
      place(shelf(random, { x: 0, y: 0, width: 660 }), { x: 14, y, scale: 0.5 }),
    ),
    ...Array.from({ length: 9 }, (_, index) =>
      place(
        jar(random, {
          width: 26,
          height: 32,
          filling: random.pick([tones.brick, tones.ochre, tones.moss, tones.plum]),
          lid: tones.slate,
        }),
        { x: 34 + index * 36, y: -112 },
      ),
    ).flat(),
    ...Array.from({ length: 7 }, (_, index) =>
      place(
        paperBag(random, {
          width: 28,
          height: 34,
          tone: tones.cream,
          label: random.pick([tones.brick, tones.pine]),
        }),
        { x: 40 + index * 46, y: -66 },
      ),
    ).flat(),
    ...[60, 170].flatMap((x) => [
      ...place(leek(random, 70), { x: x - 20, y: -14 }),
      ...place(kale(random, 50), { x: x + 16, y: -20 }),
      ...place(crate(random, 90, 34), { x, y: -2 }),
    ]),
    ...place(sack(random, tones.wheat, tones.cream), { x: 292, y: -2, scale: 0.28 }),
  ]
}

export function workshopRoom(): Shape[] {
  return [
    ...(['hammer', 'spanner', 'pliers', 'screwdriver'] as const).flatMap((kind, index) =>
      place(tool(kind), { x: 40 + index * 52, y: -132, scale: 0.3 }),
    ),
    { path: rectangle(14, -58, 216, 13), tone: tones.crust },
    { path: rectangle(26, -46, 11, 46), tone: tones.brown },
    { path: rectangle(206, -46, 11, 46), tone: tones.brown },
    ...place(mug(26, tones.brick), { x: 190, y: -58 }),
    { path: rectangle(60, -88, 56, 30), tone: tones.ash },
    { path: rectangle(68, -94, 18, 8), tone: tones.ink },
    ...place(wheel(56, tones.ink, 14), { x: 296, y: -64 }),
  ]
}

export function cinemaRoom(random: Random): Shape[] {
  const seats = Array.from({ length: 8 }, (_, index): Shape => ({
    path: `M${112 + index * 30} 0L${112 + index * 30} -34Q${122 + index * 30} -46 ${134 + index * 30} -34L${134 + index * 30} 0Z`,
    tone: tones.brick,
  }))
  return [
    {
      path: polygon(points('366,-112 366,-104 40,-36 40,-140')),
      tone: tones.ochre,
      fade: { from: [366, 0], to: [40, 0], fromShare: 1, toShare: 0.35 },
    },
    { path: rectangle(22, -144, 14, 112), tone: tones.paper },
    ...seats,
    { path: rectangle(372, -70, 60, 70), tone: tones.brown },
    ...place(projector(random), { x: 402, y: -70, scale: 0.19 }),
  ]
}

export function longRoom(random: Random): Shape[] {
  const arms = Array.from({ length: 15 }, (_, index): Shape[] => {
    const [x, rise] = [158 + index * 40 + random.between(-6, 6), random.between(58, 84)]
    const skin = random.pick([
      { ochre: 0.35, rose: 0.28 },
      { ochre: 0.6, rose: 0.45 },
      { ochre: 0.8, rose: 0.65, ink: 0.3 },
    ] as const)
    const side = random.pick([-1, 1])
    const coat = random.pick([tones.brick, tones.pine, tones.ochre, tones.plum, tones.slate])
    const shoulder: Point = [x + side * 11, -rise + 24]
    const hand: Point = [x + side * 17, -rise - 22]
    return [
      { path: polyline([shoulder, hand]), tone: coat, strokeWidth: 8 },
      { path: ellipse(hand[0], hand[1] - 5, 5, 7), tone: skin },
      {
        path: `M${x - 17} 4L${x - 15} ${-rise + 32}Q${x} ${-rise + 8} ${x + 15} ${-rise + 32}L${x + 17} 4Z`,
        tone: coat,
      },
      { path: ellipse(x, -rise + 6, 10, 12), tone: skin },
      {
        path: `M${x - 10} ${-rise + 4}Q${x} ${-rise - 16} ${x + 10} ${-rise + 4}Q${x} ${-rise - 4} ${x - 10} ${-rise + 4}Z`,
        tone: random.pick([tones.brown, tones.ink, tones.haze, tones.toast]),
      },
    ]
  })
  return [
    ...[70, 300, 530, 760].map((x): Shape => ({
      path: rectangle(x, -136, 58, 84),
      tone: tones.blush,
    })),
    ...[70, 300, 530, 760].flatMap((x): Shape[] => [
      { path: rectangle(x, -136, 58, 84), tone: tones.stone, strokeWidth: 6 },
      { path: rectangle(x + 27, -136, 4, 84), tone: tones.stone },
      { path: rectangle(x, -98, 58, 4), tone: tones.stone },
    ]),
    ...place(chair(tones.brown), { x: 56, y: 0, scale: 0.32 }),
    ...place(chair(tones.brick), { x: 800, y: 0, scale: 0.32 }),
    ...arms.flat(),
    ...bunting(random, {
      from: [0, -150],
      to: [870, -150],
      sag: 16,
      size: 20,
      tones: [tones.brick, tones.ochre, tones.sage],
    }),
  ]
}

export function studios(random: Random): Shape[] {
  return [
    ...[40, 90, 140].flatMap((x, index) =>
      place(
        [
          {
            path: 'M-16 0Q-24 -30 -10 -44L-12 -54L12 -54L10 -44Q24 -30 16 0Z',
            tone: [tones.brick, tones.sage, tones.ochre][index] ?? tones.brick,
          },
        ],
        { x, y: -52 },
      ),
    ),
    { path: rectangle(18, -52, 160, 10), tone: tones.crust },
    { path: rectangle(26, -42, 9, 42), tone: tones.brown },
    { path: rectangle(160, -42, 9, 42), tone: tones.brown },
    ...[300, 324, 346, 372].map((x): Shape => ({
      path: rectangle(x, -90 + (x % 3) * 6, 19, 44),
      tone: random.pick([tones.plum, tones.pine, tones.ochre, tones.slate]),
    })),
    { path: rectangle(284, -46, 130, 10), tone: tones.crust },
    ...place(
      [
        { path: rectangle(-60, -84, 120, 84), tone: tones.mist },
        { path: gouge([-50, -30], [50, -64], 5, 14), tone: tones.sage },
        { path: ellipse(14, -46, 6), tone: tones.brick },
      ],
      { x: 560, y: -40 },
    ),
    ...place(
      [
        {
          path: polygon(points('-40,-60 -14,-66 -14,0 -40,-6')),
          tone: tones.brick,
        },
        {
          path: polygon(points('14,-66 40,-60 40,-6 14,0')),
          tone: tones.brick,
        },
        ...[-10, -2, 6].map((x): Shape => ({ path: rectangle(x, -62, 4, 60), tone: tones.slate })),
      ],
      { x: 740, y: -20 },
    ),
    ...[120, 440, 760].flatMap((x) => lamp(random, x, tones.pine)),
  ]
}
