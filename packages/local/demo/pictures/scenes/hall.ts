import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { backdrop, hill, wide } from '../landscape.ts'
import { boards, hatch } from '../marks.ts'
import type { Random } from '../random.ts'
import { place, points, polyline, rectangle, smooth } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { bunting, chair, hangingLamp, millWindow, wall } from '../things/rooms.ts'

function hillView(random: Random): Shape[] {
  return [
    backdrop(wide, tones.blush, 0.5),
    ...hill(random, wide, {
      y: 330,
      rise: 50,
      tone: tones.leaf,
      marks: tones.mist,
      swells: 3,
      spacing: 15,
    }),
    ...hill(random, wide, {
      y: 430,
      rise: 20,
      tone: tones.sage,
      marks: tones.leaf,
      swells: 3,
      spacing: 15,
    }),
  ]
}

/** Raised hands before the tall windows of the weaving floor. */
export function meeting(random: Random): Shape[] {
  const view = hillView(random)
  const windows = [90, 500, 910, 1320].flatMap((x) =>
    millWindow({ x, y: 90, width: 250, height: 430, view }),
  )
  const sleeves: readonly Tone[] = [
    tones.brick,
    tones.pine,
    tones.slate,
    tones.ochre,
    tones.plum,
    tones.sage,
    tones.dusk,
    tones.crust,
  ]
  const skins: readonly Tone[] = [
    { ochre: 0.35, rose: 0.28 },
    { ochre: 0.6, rose: 0.45 },
    { ochre: 0.8, rose: 0.65, ink: 0.3 },
    { ochre: 0.45, rose: 0.4 },
    { ochre: 0.85, rose: 0.7, ink: 0.5 },
  ]
  const hands: Shape[] = []
  for (let row = 0; row < 2; row += 1) {
    for (let x = 20 + (row % 2) * 90; x < 1640; x += 178) {
      const isCard = random.chance(0.26)
      const arm = raisedHand(random, {
        sleeve: random.pick(sleeves),
        skin: random.pick(skins),
        withCard: isCard,
      })
      hands.push(
        ...place(arm, {
          x: x + random.between(-26, 26),
          y: 880 + row * 100 + random.between(-30, 30),
          scale: 1.15 + row * 0.2,
          degrees: random.between(-9, 9),
          scaleX: random.pick([1, -1]) * (1.15 + row * 0.2),
        }),
      )
    }
  }
  return [
    ...wall(random, { width: 1600, floorY: 1000, tone: tones.cream, marks: tones.paper }),
    ...windows,
    ...[440, 850, 1260].flatMap((x): Shape[] => [
      { path: rectangle(x - 17, 0, 34, 1000), tone: tones.slate },
      { path: rectangle(x - 7, 0, 5, 1000), tone: tones.ash },
    ]),
    { path: rectangle(-10, 0, 1620, 34), tone: tones.slate },
    ...bunting(random, {
      from: [0, 40],
      to: [850, 40],
      sag: 60,
      size: 44,
      tones: [tones.brick, tones.ochre, tones.sage, tones.petal],
    }),
    ...bunting(random, {
      from: [850, 40],
      to: [1610, 40],
      sag: 60,
      size: 44,
      tones: [tones.brick, tones.ochre, tones.sage, tones.petal],
    }),
    ...hands,
  ]
}

/** A raised arm with an open hand, or a voting card in it. Elbow at the origin. */
function raisedHand(
  random: Random,
  { sleeve, skin, withCard }: { sleeve: Tone; skin: Tone; withCard: boolean },
): Shape[] {
  const cuff = -120 + random.between(-20, 20)
  const fingers = withCard
    ? []
    : points('-24,-17 -9,-5 6,5 20,16').map(([base, lean]): Shape => ({
        path: polyline([
          [(base ?? 0) * 0.9, cuff - 60],
          [(base ?? 0) + (lean ?? 0) * 0.8, cuff - 118 + Math.abs(lean ?? 0) * 1.2],
        ]),
        tone: skin,
        strokeWidth: 15,
      }))
  const card: Shape[] = withCard
    ? [
        { path: rectangle(-48, cuff - 178, 96, 122), tone: tones.paper },
        { path: rectangle(-48, cuff - 178, 96, 22), tone: tones.brick },
      ]
    : []
  const arm = smooth(
    [
      [-52, 160],
      [-42, 0],
      [-29, cuff],
      [29, cuff],
      [42, 0],
      [52, 160],
    ],
    true,
  )
  return [
    ...card,
    ...fingers,
    {
      path: smooth(
        [
          [-33, cuff - 40],
          [-27, cuff - 74],
          [18, cuff - 78],
          [33, cuff - 50],
          [23, cuff + 8],
          [-21, cuff + 8],
        ],
        true,
      ),
      tone: skin,
    },
    {
      path: polyline([
        [20, cuff - 26],
        [49, cuff - 58],
      ]),
      tone: skin,
      strokeWidth: 15,
    },
    { path: arm, tone: sleeve },
    ...hatch(random, {
      clip: arm,
      left: -50,
      top: cuff,
      width: 100,
      height: 260,
      tone: tones.paper,
      spacing: 13,
      length: 22,
      sparse: 0.5,
      weight: 0.09,
      degrees: 80,
    }),
    {
      path: rectangle(-32, cuff - 6, 64, 16),
      tone: tones.ink,
      overprint: true,
      fade: { from: [0, 0], to: [1, 0], fromShare: 0.3, toShare: 0.3 },
    },
  ]
}

/** Chairs stacked after the meeting, the lamp still lit. */
export function chairs(random: Random): Shape[] {
  return [
    ...wall(random, { width: 1600, floorY: 700, tone: tones.leaf, marks: tones.mist }),
    ...boards(
      random,
      { left: 0, top: 700, width: 1600, height: 300, board: 84 },
      { board: tones.wheat, seam: tones.toast, grain: tones.crust },
    ),
    ...[180, 420, 660, 900, 1140, 1380].flatMap((x, index) =>
      place(chair(index % 3 === 1 ? tones.brick : tones.brown), { x, y: 850, scale: 1.3 }),
    ),
    ...hangingLamp(random, {
      x: 800,
      y: 170,
      size: 100,
      tone: tones.brick,
      light: tones.wheat,
      throwY: 850,
    }),
  ]
}
