import { tones } from '../ink.ts'
import { backdrop, bird, hill, levelMarks, wide } from '../landscape.ts'
import { hatch, setts } from '../marks.ts'
import type { Random } from '../random.ts'
import { clipped, ellipse, gouge, place, points, polygon, rectangle, smooth } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { mill, terrace } from '../things/buildings.ts'
import { waterScrew } from '../things/machines.ts'
import { grass, roundTree } from '../things/plants.ts'

/** The water screw in its channel, with the weir behind. */
export function waterScrewScene(random: Random): Shape[] {
  const channel = polygon(points('300,380 1310,800 1310,1010 90,1010 90,380'))
  return [
    backdrop(wide, tones.mist, 0.4),
    ...hill(random, wide, {
      y: 210,
      rise: 60,
      tone: tones.leaf,
      marks: tones.mist,
      swells: 1.4,
      spacing: 18,
    }),
    ...[60, 190, 330, 520, 640].flatMap((x) =>
      place(roundTree(random, random.between(54, 82), { tone: tones.moss, marks: tones.lime }), {
        x,
        y: 330,
      }),
    ),
    ...place(mill(random, { bays: 9, floors: 3, lit: 0.2, chimney: false }), {
      x: 960,
      y: 388,
      scale: 1.3,
    }),
    { path: rectangle(-10, 318, 830, 66), tone: tones.sage },
    ...levelMarks(random, wide, {
      top: 324,
      bottom: 380,
      right: 800,
      tone: tones.paper,
      spacing: 11,
      sparse: 0.3,
    }),
    ...setts(random, { left: 0, top: 384, width: 1620, height: 640, row: 44, growth: 1.3 }, [
      tones.ash,
      tones.stone,
      { ash: 0.85, ink: 0.12 },
    ]),
    { path: channel, tone: tones.pine },
    ...hatch(random, {
      clip: channel,
      left: 90,
      top: 380,
      width: 1220,
      height: 630,
      tone: tones.sage,
      spacing: 20,
      length: 60,
      sparse: 0.5,
      weight: 0.12,
      degrees: 23,
    }),
    {
      path: polygon(points('300,340 1330,770 1330,810 300,392')),
      tone: tones.stone,
    },
    ...place(waterScrew(900, 118), { x: 770, y: 690, degrees: 22.5 }),
    { path: rectangle(-10, 890, 1620, 120), tone: tones.sage },
    ...levelMarks(random, wide, {
      top: 880,
      bottom: 1000,
      tone: tones.paper,
      spacing: 13,
      sparse: 0.18,
      growth: 1.8,
    }),
    ...foam(random, 1190, 900),
    { path: rectangle(236, 300, 110, 120), tone: tones.slate },
    {
      path: polygon(points('220,304 291,250 362,304')),
      tone: tones.brick,
    },
    { path: rectangle(268, 340, 44, 44), tone: tones.ochre },
    ...grass(random, { left: 1330, right: 1620, y: 1010, height: 150, count: 80 }, tones.moss),
  ]
}

function foam(random: Random, x: number, y: number): Shape[] {
  return Array.from({ length: 90 }, () => ({
    path: ellipse(
      x + random.between(-210, 250),
      y + random.between(-34, 40),
      random.between(4, 17),
      random.between(3, 9),
    ),
    tone: random.chance(0.75) ? tones.paper : tones.mist,
  }))
}

/** Slates, a ladder and the hills: a roof with a gap in it. */
export function roof(random: Random): Shape[] {
  const slope = polygon(points('-20,470 1180,300 1620,300 1620,1010 -20,1010'))
  const slates: Shape[] = []
  for (let row = 0; row < 17; row += 1) {
    for (let column = -1; column < 26; column += 1) {
      const [x, y] = [column * 72 + (row % 2) * 36 - row * 4, 300 + row * 46]
      const isMissing = x > 760 && x < 1030 && row > 5 && row < 10 && random.chance(0.75)
      const tone = isMissing
        ? tones.brown
        : random.pick([
            tones.slate,
            tones.slate,
            { ash: 0.95, ink: 0.3 },
            { ash: 0.8, ink: 0.55 },
            { ash: 0.9, rose: 0.22, ink: 0.3 },
          ])
      slates.push({
        path: polygon([
          [x + 2, y],
          [x + 70, y],
          [x + 69, y + 50],
          [x + 3, y + 52],
        ]),
        tone,
      })
      if (!isMissing)
        slates.push({ path: gouge([x + 4, y + 49], [x + 68, y + 48], 1.8), tone: tones.haze })
    }
  }
  const ladder: Shape[] = [
    { path: gouge([540, 1010], [706, 250], 9), tone: tones.wheat },
    { path: gouge([650, 1010], [796, 250], 9), tone: tones.wheat },
  ]
  for (let y = 300; y < 1000; y += 56) {
    const share = (1010 - y) / 760
    ladder.push({ path: rectangle(546 + share * 160, y, 100, 11), tone: tones.crust })
  }
  return [
    backdrop(wide, { sage: 0.25, ash: 0.2 }, 0.3),
    ...levelMarks(random, wide, {
      top: 40,
      bottom: 250,
      tone: tones.paper,
      spacing: 26,
      sparse: 0.5,
    }),
    ...hill(random, wide, { y: 290, rise: 70, tone: tones.mist, swells: 1.2 }),
    ...hill(random, wide, {
      y: 350,
      rise: 46,
      tone: tones.leaf,
      marks: tones.mist,
      swells: 2,
      spacing: 16,
    }),
    ...clipped(slope, [{ path: slope, tone: tones.ink }, ...slates]),
    ...place(
      [
        { path: rectangle(-70, -260, 140, 300), tone: tones.stone },
        ...clipped(
          rectangle(-70, -250, 140, 290),
          setts(random, { left: -70, top: -240, width: 126, height: 270, row: 26 }, [
            tones.stone,
            tones.ash,
          ]),
        ),
        { path: rectangle(-84, -268, 168, 26), tone: tones.slate },
        { path: rectangle(-50, -322, 36, 56), tone: tones.brick },
        { path: rectangle(12, -310, 36, 44), tone: tones.brick },
      ],
      { x: 1290, y: 420 },
    ),
    ...ladder,
    ...bird([310, 190], 32, tones.slate),
    ...bird([410, 150], 22, tones.slate),
    ...bird([1020, 120], 20, tones.slate),
  ]
}

/** The valley as a map: river, road, railway, fields, mill. */
export function valleyMap(random: Random): Shape[] {
  const river = smooth(points('-40,300 220,380 420,620 720,640 960,500 1220,520 1640,800'))
  const road = smooth(points('-40,760 260,790 560,820 820,730 980,640 1130,380 1200,-40'))
  const railway = smooth(points('300,-40 480,200 720,380 1060,330 1640,260'))
  const fields: Shape[] = Array.from({ length: 46 }, () => {
    const [x, y] = [random.between(-40, 1600), random.between(-40, 1000)]
    const clip = smooth(
      [
        [x - 100, y - 20],
        [x - 30, y - 76],
        [x + 96, y - 40],
        [x + 80, y + 66],
        [x - 50, y + 70],
      ],
      true,
    )
    const tone = random.pick([tones.mist, tones.leaf, tones.cream, tones.wheat, tones.mist])
    return [
      { path: clip, tone },
      ...hatch(random, {
        clip,
        left: x - 110,
        top: y - 80,
        width: 220,
        height: 160,
        tone: tones.paper,
        spacing: 16,
        length: 60,
        sparse: 0.3,
        weight: 0.09,
        degrees: random.between(0, 180),
      }),
    ]
  }).flat()
  return [
    { path: rectangle(0, 0, 1600, 1000), tone: tones.mist },
    ...fields,
    { path: river, tone: tones.paper, strokeWidth: 92 },
    { path: river, tone: { sage: 0.9, ash: 0.25, ink: 0.12 }, strokeWidth: 76 },
    { path: river, tone: tones.mist, strokeWidth: 3 },
    { path: railway, tone: tones.ink, strokeWidth: 9 },
    { path: railway, tone: tones.paper, strokeWidth: 3 },
    { path: road, tone: tones.crust, strokeWidth: 30 },
    { path: road, tone: tones.paper, strokeWidth: 22 },
    ...Array.from({ length: 34 }, () =>
      place(roundTree(random, random.between(18, 32), { tone: tones.moss, marks: tones.lime }), {
        x: random.between(30, 1570),
        y: random.between(60, 990),
      }),
    ).flat(),
    ...place(terrace(random, { count: 6, lit: 0.1 }), { x: 1160, y: 420, scale: 0.62 }),
    ...place(terrace(random, { count: 5, lit: 0.1, wall: tones.blush }), {
      x: 1250,
      y: 520,
      scale: 0.62,
    }),
    ...place(mill(random, { bays: 8, floors: 4, lit: 0.1 }), { x: 480, y: 600, scale: 0.82 }),
    { path: 'M700 250C640 170 660 90 740 90C820 90 840 170 780 250L740 310Z', tone: tones.brick },
    { path: ellipse(740, 168, 30), tone: tones.paper },
  ]
}
