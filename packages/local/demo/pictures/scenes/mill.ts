import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { backdrop, bird, hill, levelMarks, rain, sun, wide } from '../landscape.ts'
import { hatch, setts } from '../marks.ts'
import type { Random } from '../random.ts'
import { clipped, place, points, rectangle, smooth } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { mill, sheds } from '../things/buildings.ts'
import { bareTree, grass, roundTree, tallTree, willowherb } from '../things/plants.ts'

/** The mill from across the river on a clear morning, willowherb in front. */
export function millAndRiver(random: Random): Shape[] {
  const water: Tone = { ash: 0.35, sage: 0.45 }
  const drowned: Tone = { ash: 0.55, sage: 0.5 }
  const deep: Tone = { ash: 0.7, sage: 0.5, ink: 0.2 }
  const shapes: Shape[] = [
    backdrop(wide, tones.blush, 0.2),
    ...levelMarks(random, wide, {
      top: 70,
      bottom: 330,
      tone: tones.paper,
      spacing: 30,
      sparse: 0.62,
    }),
    ...sun(random, { x: 1190, y: 250, radius: 92, tone: tones.wheat, rays: tones.paper }),
    ...hill(random, wide, { y: 400, rise: 90, tone: tones.mist, swells: 1.3 }),
    ...hill(random, wide, {
      y: 480,
      rise: 70,
      tone: tones.leaf,
      marks: tones.mist,
      swells: 2.2,
      spacing: 20,
    }),
    ...hill(random, wide, {
      y: 590,
      rise: 34,
      tone: tones.sage,
      marks: tones.leaf,
      swells: 1.8,
      spacing: 19,
    }),
  ]
  for (const x of [80, 150, 240, 1150, 1290, 1365, 1480, 1550]) {
    const tree = roundTree(random, random.between(34, 58), { tone: tones.moss, marks: tones.lime })
    shapes.push(...place(tree, { x, y: 668 + random.between(-8, 10) }))
  }
  shapes.push(
    ...place(mill(random, { lit: 0.12 }), { x: 330, y: 690 }),
    ...place(sheds(4), { x: 1010, y: 690 }),
    { path: rectangle(-10, 684, 1620, 30), tone: tones.slate },
    ...levelMarks(random, wide, {
      top: 690,
      bottom: 712,
      tone: tones.ash,
      spacing: 8,
      sparse: 0.2,
    }),
    { path: rectangle(-10, 712, 1620, 300), tone: water },
    ...place(mill(random, { wall: drowned, roof: deep, pane: deep }), {
      x: 330,
      y: 714,
      scale: -1,
      scaleX: 1,
    }),
    ...levelMarks(random, wide, {
      top: 722,
      bottom: 1000,
      tone: tones.paper,
      spacing: 13,
      sparse: 0.4,
      growth: 2.2,
    }),
    ...levelMarks(random, wide, {
      top: 730,
      bottom: 1000,
      tone: tones.slate,
      spacing: 24,
      sparse: 0.7,
      growth: 2,
    }),
    ...bird([520, 170], 26, tones.slate),
    ...bird([590, 205], 20, tones.slate),
    ...bird([470, 225], 16, tones.slate),
    ...grass(random, { left: -20, right: 560, y: 1010, height: 130, count: 130 }, tones.pine),
    ...grass(random, { left: 1180, right: 1620, y: 1010, height: 120, count: 110 }, tones.pine),
  )
  const stems = points('60,420 150,520 235,450 330,330 1330,360 1425,500 1520,430')
  for (const [x, height] of stems) shapes.push(...place(willowherb(random, height), { x, y: 1010 }))
  shapes.push(
    ...place(tallTree(random, 190, { tone: tones.pine, marks: tones.sage }), { x: 1590, y: 690 }),
  )
  return shapes
}

/** The river in the yard: rain, brown water up to the sills, sandbags. */
export function flood(random: Random): Shape[] {
  const water: Tone = { ochre: 0.55, rose: 0.3, ash: 0.5, ink: 0.12 }
  const shapes: Shape[] = [
    backdrop(wide, { ash: 0.85, ink: 0.3 }, 0.5),
    ...levelMarks(random, wide, {
      top: 30,
      bottom: 330,
      tone: tones.haze,
      spacing: 26,
      sparse: 0.4,
    }),
    ...hill(random, wide, {
      y: 420,
      rise: 70,
      tone: { ash: 0.7, sage: 0.3 },
      marks: tones.haze,
      swells: 1.5,
      spacing: 24,
    }),
    ...hill(random, wide, { y: 540, rise: 30, tone: tones.slate, swells: 2 }),
    ...place(mill(random, { lit: 0.3, wall: { ash: 0.8, ochre: 0.35, ink: 0.14 }, bays: 13 }), {
      x: 150,
      y: 780,
      scale: 1.15,
    }),
    ...place(bareTree(random, 520, tones.ink), { x: 1290, y: 760 }),
    ...place(bareTree(random, 380, tones.slate), { x: 1490, y: 720 }),
    { path: rectangle(-10, 690, 1620, 320), tone: water },
    ...levelMarks(random, wide, {
      top: 694,
      bottom: 1000,
      tone: tones.cream,
      spacing: 15,
      sparse: 0.42,
      growth: 2.6,
    }),
    ...levelMarks(random, wide, {
      top: 700,
      bottom: 1000,
      tone: tones.brown,
      spacing: 24,
      sparse: 0.55,
      growth: 2.3,
    }),
  ]
  for (const [x, y] of points('1130,742 1168,770 1080,800')) {
    shapes.push(
      ...place(
        [
          { path: rectangle(-34, -18, 68, 36), tone: tones.wheat },
          { path: rectangle(-34, -3, 68, 5), tone: tones.crust },
        ],
        { x, y, degrees: random.between(-16, 16) },
      ),
    )
  }
  for (let row = 0; row < 3; row += 1) {
    for (let index = 0; index < 7 - row; index += 1) {
      const [x, y] = [330 + index * 112 + row * 56, 930 - row * 46]
      const bag = smooth(points('-58,-4 -52,-40 0,-50 52,-40 58,-4 0,4'), true)
      shapes.push(
        ...place(
          [
            { path: bag, tone: random.pick([tones.stone, tones.wheat, tones.cream]) },
            { path: bag, tone: tones.brown, strokeWidth: 4 },
            ...hatch(random, {
              clip: bag,
              left: -56,
              top: -46,
              width: 112,
              height: 46,
              tone: tones.toast,
              spacing: 11,
              length: 18,
              sparse: 0.5,
              weight: 0.1,
              degrees: 20,
            }),
          ],
          { x, y },
        ),
      )
    }
  }
  return [...shapes, ...rain(random, wide, 210)]
}

/** Willowherb growing through the burnt boiler house. */
export function willowherbYard(random: Random): Shape[] {
  const wallTones = [tones.ash, tones.stone, { ash: 0.9, ink: 0.16 }] as const
  const arch = 'M400 1010L400 470Q800 40 1200 470L1200 1010Z'
  const shapes: Shape[] = [
    backdrop(wide, tones.haze, 0.6),
    ...setts(random, { left: 0, top: 0, width: 1620, height: 1010, row: 52 }, wallTones),
    ...clipped(arch, [
      backdrop(wide, tones.blush, 0.3),
      ...sun(random, { x: 860, y: 430, radius: 84, tone: tones.wheat, rays: tones.paper }),
      ...hill(random, wide, {
        y: 560,
        rise: 40,
        tone: tones.leaf,
        marks: tones.mist,
        swells: 2.4,
        spacing: 15,
      }),
      ...hill(random, wide, {
        y: 680,
        rise: 20,
        tone: tones.sage,
        marks: tones.leaf,
        swells: 3,
        spacing: 15,
      }),
    ]),
    { path: arch, tone: tones.slate, strokeWidth: 34 },
    { path: arch, tone: tones.ash, strokeWidth: 14 },
    ...grass(random, { left: -20, right: 1620, y: 1015, height: 150, count: 130 }, tones.moss),
  ]
  const stems = Array.from({ length: 14 }, (_, index) => ({
    x: 20 + index * 120 + random.between(-26, 26),
    height: random.between(520, 660),
  }))
  for (const { x, height } of stems) {
    const tall = height - 190 * Math.exp(-(((x - 800) / 330) ** 2))
    shapes.push(...place(willowherb(random, tall), { x, y: 1015 }))
  }
  return [
    ...shapes,
    ...grass(random, { left: -20, right: 1620, y: 1020, height: 110, count: 110 }, tones.pine),
  ]
}
