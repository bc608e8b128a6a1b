import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { backdrop, hill, stars, wide } from '../landscape.ts'
import { boards, hatch, setts } from '../marks.ts'
import type { Random } from '../random.ts'
import { clipped, ellipse, gouge, place, points, polygon, rectangle } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { mill } from '../things/buildings.ts'
import { bareTree } from '../things/plants.ts'
import { bunting } from '../things/rooms.ts'

/** A silent film: the moon on the screen, an upright piano below it. */
export function silentPiano(random: Random): Shape[] {
  const screen = rectangle(300, 80, 1000, 520)
  const keys = Array.from({ length: 26 }, (_, index): Shape => ({
    path: rectangle(-204 + index * 15.8, -196, 14, 30),
    tone: tones.paper,
  }))
  const sharps = Array.from({ length: 25 }, (_, index) => index)
    .filter((index) => ![2, 6, 9, 13, 16, 20, 23].includes(index))
    .map((index): Shape => ({ path: rectangle(-192 + index * 15.8, -196, 8, 18), tone: tones.ink }))
  const front = rectangle(-230, -420, 460, 224)
  return [
    { path: rectangle(0, 0, 1600, 1000), tone: tones.plum },
    ...hatch(random, {
      clip: rectangle(0, 0, 1600, 760),
      left: 0,
      top: 0,
      width: 1600,
      height: 760,
      tone: { rose: 1, ink: 0.25 },
      spacing: 34,
      length: 240,
      sparse: 0.25,
      weight: 0.2,
      degrees: 90,
    }),
    { path: rectangle(280, 60, 1040, 560), tone: tones.ink },
    ...clipped(screen, [
      { path: screen, tone: tones.slate },
      ...stars(random, { top: 90, bottom: 430, left: 310, right: 1290, tone: tones.paper }, 70),
      { path: ellipse(960, 270, 128), tone: tones.cream },
      { path: ellipse(920, 240, 22), tone: tones.haze },
      { path: ellipse(1006, 318, 32), tone: tones.haze },
      { path: ellipse(980, 220, 13), tone: tones.haze },
      ...hill(random, wide, { y: 500, rise: 60, tone: tones.ink, swells: 4, bottom: 620 }),
      ...place(bareTree(random, 330, tones.ink), { x: 500, y: 590 }),
    ]),
    {
      path: polygon(points('300,600 1300,600 1560,1010 40,1010')),
      tone: { ash: 0.5 },
      overprint: true,
      fade: { from: [0, 600], to: [0, 1000], fromShare: 0.2, toShare: 0 },
    },
    ...boards(
      random,
      { left: 0, top: 740, width: 1600, height: 270, board: 66 },
      { board: tones.brown, seam: tones.ink, grain: tones.toast },
    ),
    ...place(
      [
        { path: rectangle(-240, -440, 480, 24), tone: tones.toast },
        { path: front, tone: tones.brown },
        ...hatch(random, {
          clip: front,
          left: -226,
          top: -416,
          width: 452,
          height: 214,
          tone: tones.toast,
          spacing: 15,
          length: 90,
          sparse: 0.4,
          weight: 0.11,
        }),
        { path: rectangle(-66, -344, 132, 92), tone: tones.paper },
        ...[0, 1, 2, 3].map((line): Shape => ({
          path: rectangle(-54, -330 + line * 20, 108, 4),
          tone: tones.slate,
        })),
        { path: rectangle(-240, -206, 480, 44), tone: tones.ink },
        ...keys,
        ...sharps,
        { path: rectangle(-220, -162, 440, 150), tone: tones.toast },
        ...hatch(random, {
          clip: rectangle(-220, -162, 440, 150),
          left: -216,
          top: -158,
          width: 432,
          height: 142,
          tone: tones.brown,
          spacing: 15,
          length: 90,
          sparse: 0.3,
          weight: 0.12,
        }),
        { path: rectangle(-232, -162, 28, 170), tone: tones.brown },
        { path: rectangle(204, -162, 28, 170), tone: tones.brown },
        { path: rectangle(-196, -458, 20, 20), tone: tones.ochre },
        { path: gouge([-186, -458], [-186, -496], 6), tone: tones.ochre },
        { path: rectangle(-94, -74, 188, 26), tone: tones.brick },
        { path: rectangle(-78, -50, 14, 80), tone: tones.ink },
        { path: rectangle(64, -50, 14, 80), tone: tones.ink },
      ],
      { x: 800, y: 920, scale: 1.06 },
    ),
  ]
}

/** Lanterns and flags over the mill yard at dusk: what's on. */
export function lanternYard(random: Random): Shape[] {
  const lantern = (x: number, y: number, tone: Tone): Shape[] => [
    { path: rectangle(x - 1.5, y - 60, 3, 30), tone: tones.ink },
    { path: ellipse(x, y, 62, 62), tone: { ochre: 0.35 }, overprint: true },
    { path: ellipse(x, y, 34, 38), tone },
    ...[-16, 0, 16].map((offset): Shape => ({
      path: gouge([x + offset, y - 34], [x + offset, y + 34], 1.6, offset * 0.7),
      tone: tones.cream,
    })),
    { path: rectangle(x - 15, y - 42, 30, 8), tone: tones.ink },
  ]
  const strings: Shape[] = []
  for (const [fromX, fromY, toX, toY, sag] of [
    [-20, 200, 860, 150, 150],
    [760, 130, 1640, 230, 150],
    [-20, 380, 1640, 330, 190],
  ] as const) {
    strings.push({
      path: `M${fromX} ${fromY}Q${(fromX + toX) / 2} ${(fromY + toY) / 2 + sag * 2} ${toX} ${toY}`,
      tone: tones.ink,
      strokeWidth: 3,
    })
    for (let share = 0.1; share < 0.95; share += 0.16) {
      const x = fromX + (toX - fromX) * share
      const y = fromY + (toY - fromY) * share + 4 * sag * share * (1 - share) + 62
      strings.push(
        ...lantern(x, y, random.pick([tones.ochre, tones.crust, tones.wheat, tones.brick])),
      )
    }
  }
  return [
    backdrop(wide, { ink: 0.7, rose: 0.75 }, 0.42),
    ...stars(random, { top: 20, bottom: 260, tone: tones.cream }, 34),
    ...hill(random, wide, {
      y: 470,
      rise: 60,
      tone: { ink: 0.6, sage: 0.7 },
      marks: tones.dusk,
      swells: 1.4,
      spacing: 20,
    }),
    ...place(
      mill(random, {
        lit: 0.7,
        bays: 10,
        floors: 4,
        wall: { ash: 0.8, ink: 0.55, rose: 0.3 },
        roof: tones.ink,
        pane: tones.night,
        light: tones.ochre,
      }),
      { x: 360, y: 800, scale: 1.35 },
    ),
    ...setts(random, { left: -20, top: 796, width: 1640, height: 220, row: 40, growth: 1.9 }, [
      tones.dusk,
      { ink: 0.7, ash: 0.5 },
      { ink: 0.66, rose: 0.5, ochre: 0.2 },
    ]),
    {
      path: rectangle(-10, 796, 1620, 220),
      tone: { ochre: 0.5 },
      overprint: true,
      fade: { from: [0, 796], to: [0, 1000], fromShare: 0.8, toShare: 0 },
    },
    ...strings,
    ...bunting(random, {
      from: [-10, 640],
      to: [330, 590],
      sag: 50,
      size: 40,
      tones: [tones.brick, tones.ochre, tones.sage, tones.petal],
    }),
    ...bunting(random, {
      from: [1270, 590],
      to: [1620, 640],
      sag: 50,
      size: 40,
      tones: [tones.brick, tones.ochre, tones.sage, tones.petal],
    }),
    ...[180, 430, 1180, 1440].flatMap((x) =>
      place(
        [
          { path: ellipse(0, -92, 120, 22), tone: tones.cream },
          { path: rectangle(-7, -92, 14, 92), tone: tones.ink },
          { path: ellipse(0, 0, 54, 10), tone: tones.ink },
          { path: ellipse(-30, -104, 16, 13), tone: tones.brick },
          { path: ellipse(24, -106, 13, 15), tone: tones.sage },
        ],
        { x, y: 950 },
      ),
    ),
  ]
}
