import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { boards, hatch } from '../marks.ts'
import type { Random } from '../random.ts'
import { ellipse, gouge, place, points, polygon, rectangle } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { bloomer, boule, tinLoaf } from '../things/bread.ts'
import { apple } from '../things/fruit.ts'
import { scales } from '../things/machines.ts'
import { kale, leek } from '../things/produce.ts'
import { hangingLamp, shelf, wall } from '../things/rooms.ts'
import { beetroot, carrot, onion, potato } from '../things/roots.ts'
import { crate, paperBag, sack } from '../things/sacks.ts'
import { bowl } from '../things/tableware.ts'
import { bottle, jar } from '../things/vessels.ts'

/** Forty sacks of oats in a room made for four. */
export function oatSacks(random: Random): Shape[] {
  const shapes: Shape[] = [
    ...wall(random, { width: 1600, floorY: 760, tone: tones.petal, marks: tones.blush }),
    ...boards(
      random,
      { left: 0, top: 760, width: 1600, height: 250, board: 82 },
      { board: tones.stone, seam: tones.slate, grain: tones.ash },
    ),
  ]
  for (const [count, y, left] of [
    [9, 780, 120],
    [8, 596, 200],
    [7, 414, 290],
    [3, 236, 640],
  ] as const) {
    for (let index = 0; index < count; index += 1) {
      const tone = random.pick([tones.wheat, tones.stone, tones.wheat, { ochre: 0.34, ash: 0.3 }])
      shapes.push(
        ...place(sack(random, tone), {
          x: left + index * 172 + random.between(-10, 10),
          y: y + random.between(-5, 5),
          scale: 0.86,
          degrees: random.between(-3, 3),
        }),
      )
    }
  }
  shapes.push(
    {
      path: polygon(points('470,968 620,880 760,836 920,852 1080,900 1180,972')),
      tone: tones.cream,
    },
    ...Array.from({ length: 260 }, (): Shape => {
      const x = 480 + random.between(0, 690)
      const rise = 120 * Math.max(0, 1 - Math.abs(x - 800) / 360)
      return {
        path: ellipse(
          x,
          968 - random.between(0, rise),
          random.between(4, 9),
          random.between(2.5, 5),
        ),
        tone: random.pick([tones.wheat, tones.crust, tones.paper]),
      }
    }),
    ...place(sack(random, tones.wheat, tones.cream), { x: 330, y: 960, scale: 1.1 }),
    ...place(
      [
        { path: 'M-60 0Q-80 -56 -30 -66L60 -66L60 4Q0 26 -60 0Z', tone: tones.slate },
        { path: rectangle(58, -46, 120, 20), tone: tones.brown },
      ],
      { x: 1230, y: 940, degrees: -12 },
    ),
  )
  return shapes
}

/** One sack becoming twelve bags on the scales. */
export function sackSplit(random: Random): Shape[] {
  const bag = ({
    x,
    y,
    scale,
    tone,
  }: {
    x: number
    y: number
    scale: number
    tone: Tone
  }): Shape[] =>
    place(
      paperBag(random, {
        width: 130,
        height: 180,
        tone: tones.cream,
        label: tone,
        fold: tones.wheat,
      }),
      { x, y, scale },
    )
  return [
    ...wall(random, { width: 1600, floorY: 740, tone: tones.mist, marks: tones.paper }),
    ...shelf(random, { x: 880, y: 330, width: 640 }),
    ...[0, 1, 2, 3, 4].flatMap((index) =>
      bag({
        x: 960 + index * 124,
        y: 330,
        scale: 0.82,
        tone:
          [tones.brick, tones.pine, tones.ochre, tones.slate, tones.brick][index] ?? tones.brick,
      }),
    ),
    ...boards(
      random,
      { left: 0, top: 730, width: 1600, height: 280, board: 92 },
      { board: tones.wheat, seam: tones.toast, grain: tones.crust },
    ),
    ...place(sack(random, tones.stone, tones.crust), { x: 300, y: 900, scale: 1.9 }),
    ...place(scales(-7), { x: 830, y: 880, scale: 1.25 }),
    ...place(bag({ x: 0, y: 0, scale: 0.62, tone: tones.brick }), { x: 1064, y: 655 }),
    ...Array.from({ length: 60 }, (): Shape => ({
      path: ellipse(596 + random.between(-84, 84), 664 - random.between(0, 46), 8, 6),
      tone: random.pick([tones.crust, tones.brick, tones.toast]),
    })),
    ...[0, 1, 2].flatMap((index) =>
      bag({
        x: 1230 + index * 140,
        y: 900 + (index % 2) * 40,
        scale: 1,
        tone: [tones.pine, tones.ochre, tones.brick][index] ?? tones.brick,
      }),
    ),
    ...Array.from({ length: 40 }, (): Shape => ({
      path: ellipse(random.between(470, 1100), random.between(900, 980), 7, 5),
      tone: random.pick([tones.crust, tones.brick]),
    })),
  ]
}

/** The shop on a Saturday: shelves behind, crates in front. */
export function shopShelves(random: Random): Shape[] {
  const shapes: Shape[] = wall(random, {
    width: 1600,
    floorY: 1000,
    tone: tones.cream,
    marks: tones.paper,
  })
  const fillings: readonly Tone[] = [
    tones.brick,
    tones.ochre,
    tones.moss,
    tones.plum,
    tones.crust,
    tones.wheat,
    tones.sage,
  ]
  for (const [row, y] of [230, 430, 630].entries()) {
    shapes.push(...shelf(random, { x: 40, y, width: 1520 }))
    for (let index = 0; index < 13; index += 1) {
      const x = 104 + index * 116
      const item = (index + row * 2) % 5
      if (item === 0)
        shapes.push(
          ...place(
            paperBag(random, {
              width: 86,
              height: 128,
              tone: random.pick([tones.cream, tones.wheat, tones.blush]),
              label: random.pick([tones.brick, tones.pine, tones.slate]),
            }),
            { x, y },
          ),
        )
      else if (item === 3)
        shapes.push(
          ...place(
            bottle(random, {
              width: 56,
              height: 158,
              glass: random.pick([tones.moss, tones.crust, tones.slate]),
              cap: tones.brick,
              label: tones.ochre,
            }),
            { x, y },
          ),
        )
      else if (item === 4 && row === 2)
        shapes.push(
          ...place(index % 2 === 0 ? boule(random) : tinLoaf(random), { x, y, scale: 0.5 }),
        )
      else
        shapes.push(
          ...place(
            jar(random, {
              width: 84,
              height: random.between(96, 130),
              filling: random.pick(fillings),
              bits: random.pick([tones.cream, tones.wheat, tones.petal]),
              bitSize: 6,
              lid: random.pick([tones.slate, tones.brick, tones.ochre]),
            }),
            { x, y },
          ),
        )
    }
  }
  const fillCrate: readonly ((x: number) => Shape[])[] = [
    (x) =>
      Array.from({ length: 13 }, (_, index) =>
        place(apple(random, 30, { tone: random.pick([tones.lime, tones.ochre]) }), {
          x: x - 110 + (index % 7) * 37,
          y: 836 - Math.floor(index / 7) * 30,
        }),
      ).flat(),
    (x) =>
      [-90, -40, 20, 74].flatMap((offset) =>
        place(kale(random, 150), { x: x + offset, y: 870, degrees: offset * 0.24 }),
      ),
    (x) =>
      Array.from({ length: 11 }, (_, index) =>
        place(potato(random, 36, { ochre: 0.75, rose: 0.3 }), {
          x: x - 104 + (index % 6) * 42,
          y: 840 - Math.floor(index / 6) * 32,
        }),
      ).flat(),
    (x) =>
      [-96, -58, -20, 18, 56, 94].flatMap((offset) =>
        place(leek(random, 220), { x: x + offset, y: 900, degrees: offset * 0.12 }),
      ),
    (x) =>
      Array.from({ length: 9 }, (_, index) =>
        place(onion(random, 40, index % 3 === 0 ? tones.plum : tones.crust), {
          x: x - 96 + (index % 5) * 48,
          y: 866 - Math.floor(index / 5) * 34,
        }),
      ).flat(),
  ]
  fillCrate.forEach((fill, index) => {
    const x = 170 + index * 315
    shapes.push(...fill(x), ...place(crate(random, 280, 130), { x, y: 980 }))
  })
  return [
    ...shapes,
    { path: rectangle(-10, 978, 1620, 40), tone: tones.brown },
    ...hangingLamp(random, { x: 420, y: 60, size: 60, tone: tones.pine }),
    ...hangingLamp(random, { x: 1180, y: 60, size: 60, tone: tones.pine }),
  ]
}

/** A box of the week's vegetables, seen from the front: the veg box round-up. */
export function vegBox(random: Random): Shape[] {
  return [
    ...wall(random, { width: 1600, floorY: 740, tone: tones.leaf, marks: tones.mist }),
    ...boards(
      random,
      { left: 0, top: 740, width: 1600, height: 270, board: 90 },
      { board: tones.wheat, seam: tones.toast, grain: tones.crust },
    ),
    { path: ellipse(800, 902, 520, 26), tone: tones.toast, overprint: true },
    ...[430, 540, 640].flatMap((x, index) =>
      place(leek(random, 560), { x, y: 820, degrees: -14 + index * 6 }),
    ),
    ...[860, 1010, 1130].flatMap((x, index) =>
      place(kale(random, 380), { x, y: 760, degrees: -4 + index * 12 }),
    ),
    ...[690, 770].flatMap((x) =>
      place(carrot(random, 220), { x, y: 560, degrees: 178 + (x - 730) * 0.2 }),
    ),
    ...[520, 610, 700, 980, 1070].flatMap((x) =>
      place(potato(random, 66, { ochre: 0.75, rose: 0.3 }), {
        x,
        y: 640 + random.between(-20, 20),
      }),
    ),
    ...place(beetroot(random, 120), { x: 850, y: 580 }),
    ...place(onion(random, 80), { x: 1180, y: 690 }),
    ...place(onion(random, 80, tones.plum), { x: 420, y: 690 }),
    ...place(crate(random, 940, 300), { x: 800, y: 900 }),
    ...place(bowl(random, 180, { tone: tones.brick, filling: tones.cream }), { x: 200, y: 900 }),
    ...place(bloomer(random), { x: 1430, y: 900, scale: 0.72 }),
    { path: gouge([330, 960], [1290, 966], 3), tone: tones.toast },
    ...hatch(random, {
      clip: rectangle(0, 900, 1600, 100),
      left: 0,
      top: 960,
      width: 1600,
      height: 30,
      tone: tones.crust,
      spacing: 12,
      length: 80,
      sparse: 0.6,
      weight: 0.1,
    }),
  ]
}
