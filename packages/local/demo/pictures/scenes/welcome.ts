import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { backdrop, hill, sun, wide } from '../landscape.ts'
import { check, setts } from '../marks.ts'
import type { Random } from '../random.ts'
import { clipped, ellipse, gouge, place, points, polygon, rectangle } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { bun } from '../things/bread.ts'
import { mill } from '../things/buildings.ts'
import { grass, leaf, roundTree, willowherb } from '../things/plants.ts'

/** Tea laid for a long talk, seen from above. */
export function teaTable(random: Random): Shape[] {
  const plate = (x: number, y: number, tone: Tone): Shape[] => [
    {
      path: ellipse(x + 7, y + 9, 118),
      tone: tones.slate,
      overprint: true,
      fade: { from: [x, y], to: [x, y + 1], fromShare: 0.4, toShare: 0.4 },
    },
    { path: ellipse(x, y, 118), tone: tones.paper },
    { path: ellipse(x, y, 100), tone, strokeWidth: 9 },
    { path: ellipse(x, y, 78), tone: tones.mist, strokeWidth: 3 },
  ]
  const tilt = { transform: 'rotate(-5 800 500)' }
  const cup = (x: number, y: number, tone: Tone): Shape[] => [
    { path: ellipse(x + 60, y + 22, 26, 20), tone, strokeWidth: 13 },
    { path: ellipse(x, y, 62), tone },
    { path: ellipse(x, y, 52), tone: tones.paper },
    { path: ellipse(x, y, 46), tone: tones.toast },
    { path: gouge([x - 26, y - 14], [x + 4, y - 30], 4, -6), tone: tones.wheat },
  ]
  return [
    { path: rectangle(0, 0, 1600, 1000), tone: tones.mist },
    ...check({ left: 0, top: 0, width: 1600, height: 1000, size: 50, tone: { sage: 0.5 } }),
    ...plate(300, 300, tones.brick),
    ...plate(1280, 270, tones.ochre),
    ...plate(340, 760, tones.slate),
    ...plate(1240, 770, tones.brick),
    ...place(bun(random, tones.crust), { x: 300, y: 335, scale: 1.1 }),
    ...place(bun(random, tones.toast), { x: 1240, y: 800, scale: 1.1, degrees: 12 }),
    ...cup(560, 190, tones.brick),
    ...cup(1030, 170, tones.pine),
    ...cup(580, 850, tones.ochre),
    ...cup(1000, 870, tones.slate),
    { path: rectangle(648, 356, 316, 316), tone: tones.paper, within: [tilt] },
    ...[0, 1, 2, 3, 4, 5, 6].map((line): Shape => ({
      path: rectangle(690, 410 + line * 34, line === 3 ? 130 : 226, 8),
      tone: line === 0 ? tones.brick : tones.slate,
      within: [tilt],
    })),
    { path: gouge([940, 690], [1090, 480], 9), tone: tones.ochre },
    { path: gouge([932, 702], [944, 686], 5), tone: tones.ink },
    ...points('1360,520 170,540').flatMap(([x, y]) =>
      place(
        [
          ...place(leaf(80, 20, { tone: tones.pine }), { x: 0, y: 0, degrees: 20 }),
          ...place(leaf(74, 18, { tone: tones.sage }), { x: 0, y: 0, degrees: -60 }),
          { path: ellipse(0, 0, 26), tone: tones.rose },
          { path: ellipse(0, 0, 9), tone: tones.ochre },
        ],
        { x: x ?? 0, y: y ?? 0 },
      ),
    ),
  ]
}

/** The yard gate standing open on the mill: how to join. */
export function openGate(random: Random): Shape[] {
  const pillar = (x: number): Shape[] => [
    { path: rectangle(x, 250, 168, 670), tone: tones.haze },
    ...clipped(
      rectangle(x, 250, 168, 670),
      setts(random, { left: x, top: 250, width: 168, height: 660, row: 50 }, [
        tones.stone,
        tones.ash,
        { ash: 0.7, ochre: 0.3, ink: 0.1 },
      ]),
    ),
    { path: rectangle(x - 16, 226, 196, 32), tone: tones.slate },
    { path: ellipse(x + 82, 190, 44), tone: tones.slate },
  ]
  const leafOfGate = (mirrored: boolean): Shape[] => {
    const bars: Shape[] = [
      {
        path: polygon(points('0,-520 190,-440 190,-416 0,-494')),
        tone: tones.pine,
      },
      {
        path: polygon(points('0,-60 190,20 190,44 0,-34')),
        tone: tones.pine,
      },
    ]
    for (let x = 6; x < 190; x += 30)
      bars.push({ path: rectangle(x, -548 + x * 0.42, 11, 530), tone: tones.pine })
    return place(bars, { x: mirrored ? 1250 : 350, y: 850, scale: 1, scaleX: mirrored ? -1 : 1 })
  }
  return [
    backdrop(wide, tones.cream, 0.5),
    ...sun(random, { x: 800, y: 330, radius: 96, tone: tones.wheat, rays: tones.paper }),
    ...hill(random, wide, {
      y: 450,
      rise: 50,
      tone: tones.leaf,
      marks: tones.mist,
      swells: 1.6,
      spacing: 17,
    }),
    ...place(mill(random, { lit: 0.35, bays: 9, chimney: true }), { x: 590, y: 640, scale: 0.86 }),
    ...[400, 480, 1190, 1270].flatMap((x) =>
      place(roundTree(random, 56, { tone: tones.moss, marks: tones.lime }), { x, y: 650 }),
    ),
    { path: rectangle(0, 640, 1600, 370), tone: tones.leaf },
    {
      path: polygon(points('720,640 900,640 1330,1010 270,1010')),
      tone: tones.cream,
    },
    ...clipped(
      polygon(points('720,640 900,640 1330,1010 270,1010')),
      setts(random, { left: 250, top: 650, width: 1100, height: 360, row: 22, growth: 2.6 }, [
        tones.cream,
        tones.stone,
        tones.blush,
      ]),
    ),
    ...setts(random, { left: -30, top: 420, width: 230, height: 520, row: 46 }, [
      tones.ash,
      tones.stone,
    ]),
    ...setts(random, { left: 1400, top: 420, width: 240, height: 520, row: 46 }, [
      tones.ash,
      tones.stone,
    ]),
    ...pillar(200),
    ...pillar(1250),
    ...leafOfGate(false),
    ...leafOfGate(true),
    ...grass(random, { left: -20, right: 330, y: 1010, height: 110, count: 90 }, tones.pine),
    ...grass(random, { left: 1270, right: 1620, y: 1010, height: 110, count: 90 }, tones.pine),
    ...points('70,430 150,340 1470,380 1550,460').flatMap(([x, height]) =>
      place(willowherb(random, height ?? 0), { x: x ?? 0, y: 1010 }),
    ),
  ]
}
