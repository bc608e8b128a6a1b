import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { backdrop, hill, sun, wide } from '../landscape.ts'
import { boards, check, hatch, setts } from '../marks.ts'
import type { Random } from '../random.ts'
import { clipped, ellipse, gouge, place, polygon, polyline, rectangle, smooth } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { mill } from '../things/buildings.ts'
import { bun } from '../things/bread.ts'
import { grass, leaf, roundTree, willowherb } from '../things/plants.ts'
import { bunting, chair, hangingLamp, millWindow, shelf, wall } from '../things/rooms.ts'
import { jar, mug, steam, teapot } from '../things/vessels.ts'

function hillView(random: Random): Shape[] {
  return [
    backdrop(wide, tones.blush, 0.5),
    ...hill(random, wide, { y: 330, rise: 50, tone: tones.leaf, marks: tones.mist, swells: 3, spacing: 15 }),
    ...hill(random, wide, { y: 430, rise: 20, tone: tones.sage, marks: tones.leaf, swells: 3, spacing: 15 }),
  ]
}

/** Raised hands before the tall windows of the weaving floor. */
export function meeting(random: Random): Shape[] {
  const view = hillView(random)
  const windows = [90, 500, 910, 1320].flatMap((x) => millWindow({ x, y: 90, width: 250, height: 430, view }))
  const sleeves: readonly Tone[] = [tones.brick, tones.pine, tones.slate, tones.ochre, tones.plum, tones.sage, tones.dusk, tones.crust]
  const skins: readonly Tone[] = [{ ochre: 0.35, rose: 0.28 }, { ochre: 0.6, rose: 0.45 }, { ochre: 0.8, rose: 0.65, ink: 0.3 }, { ochre: 0.45, rose: 0.4 }, { ochre: 0.85, rose: 0.7, ink: 0.5 }]
  const hands: Shape[] = []
  for (let row = 0; row < 2; row += 1) {
    for (let x = 20 + (row % 2) * 90; x < 1640; x += 178) {
      const isCard = random.chance(0.26)
      const arm = raisedHand(random, random.pick(sleeves), random.pick(skins), isCard)
      hands.push(...place(arm, { x: x + random.between(-26, 26), y: 880 + row * 100 + random.between(-30, 30), scale: 1.15 + row * 0.2, degrees: random.between(-9, 9), scaleX: random.pick([1, -1]) * (1.15 + row * 0.2) }))
    }
  }
  return [
    ...wall(random, { width: 1600, floorY: 1000, tone: tones.cream, marks: tones.paper }),
    ...windows,
    ...[440, 850, 1260].flatMap((x): Shape[] => [{ path: rectangle(x - 17, 0, 34, 1000), tone: tones.slate }, { path: rectangle(x - 7, 0, 5, 1000), tone: tones.ash }]),
    { path: rectangle(-10, 0, 1620, 34), tone: tones.slate },
    ...bunting(random, { from: [0, 40], to: [850, 40], sag: 60, size: 44, tones: [tones.brick, tones.ochre, tones.sage, tones.petal] }),
    ...bunting(random, { from: [850, 40], to: [1610, 40], sag: 60, size: 44, tones: [tones.brick, tones.ochre, tones.sage, tones.petal] }),
    ...hands,
  ]
}

/** A raised arm with an open hand, or a voting card in it. Elbow at the origin. */
function raisedHand(random: Random, sleeve: Tone, skin: Tone, withCard: boolean): Shape[] {
  const cuff = -120 + random.between(-20, 20)
  const fingers = withCard ? [] : [[-24, -17], [-9, -5], [6, 5], [20, 16]].map(([base, lean]): Shape => ({ path: polyline([[(base ?? 0) * 0.9, cuff - 60], [(base ?? 0) + (lean ?? 0) * 0.8, cuff - 118 + Math.abs(lean ?? 0) * 1.2]]), tone: skin, strokeWidth: 15 }))
  const card: Shape[] = withCard ? [{ path: rectangle(-48, cuff - 178, 96, 122), tone: tones.paper }, { path: rectangle(-48, cuff - 178, 96, 22), tone: tones.brick }] : []
  const arm = smooth([[-52, 160], [-42, 0], [-29, cuff], [29, cuff], [42, 0], [52, 160]], true)
  return [
    ...card,
    ...fingers,
    { path: smooth([[-33, cuff - 40], [-27, cuff - 74], [18, cuff - 78], [33, cuff - 50], [23, cuff + 8], [-21, cuff + 8]], true), tone: skin },
    { path: polyline([[20, cuff - 26], [49, cuff - 58]]), tone: skin, strokeWidth: 15 },
    { path: arm, tone: sleeve },
    ...hatch(random, { clip: arm, left: -50, top: cuff, width: 100, height: 260, tone: tones.paper, spacing: 13, length: 22, sparse: 0.5, weight: 0.09, degrees: 80 }),
    { path: rectangle(-32, cuff - 6, 64, 16), tone: tones.ink, overprint: true, fade: { from: [0, 0], to: [1, 0], fromShare: 0.3, toShare: 0.3 } },
  ]
}

/** Two shelves of jars filled to different heights: the year as a bar chart. */
export function ledgerJars(random: Random): Shape[] {
  const levels = [0.34, 0.42, 0.5, 0.46, 0.62, 0.7, 0.66, 0.84]
  const fillings = [tones.brick, tones.ochre, tones.moss, tones.wheat, tones.plum, tones.crust, tones.sage, tones.rose]
  const bits = [tones.petal, tones.crust, tones.lime, tones.crust, tones.rose, tones.cream, tones.mist, tones.paper]
  const jars = levels.flatMap((level, index) => place(jar(random, { width: 142, height: 400, filling: fillings[index] ?? tones.rose, bits: bits[index] ?? tones.paper, bitSize: 10, level, lid: tones.slate }), { x: 182 + index * 177, y: 640 }))
  return [
    ...wall(random, { width: 1600, floorY: 1000, tone: tones.leaf, marks: tones.mist }),
    ...jars,
    ...place(shelf(random, { x: 0, y: 0, width: 1480 }), { x: 60, y: 640, scale: 1 }),
    { path: rectangle(60, 656, 1480, 12), tone: tones.brown },
    ...place([{ path: polygon([[-330, -20], [-300, -130], [0, -104], [300, -130], [330, -20], [0, 10]]), tone: tones.paper }, { path: polygon([[-336, -14], [0, 16], [336, -14], [336, 8], [0, 36], [-336, 8]]), tone: tones.brick }, { path: gouge([0, -102], [0, 12], 4), tone: tones.ash }, ...[0, 1, 2, 3].flatMap((line): Shape[] => [{ path: gouge([-270 + line * 4, -100 + line * 24], [-50, -84 + line * 24], 2.6), tone: tones.slate }, { path: gouge([50, -84 + line * 24], [270 - line * 4, -100 + line * 24], 2.6), tone: tones.slate }])], { x: 660, y: 900 }),
    ...place([{ path: gouge([0, 0], [190, -120], 9), tone: tones.ochre }, { path: gouge([-18, 11], [4, -2], 5), tone: tones.ink }], { x: 980, y: 900 }),
    ...place(mug(140, tones.brick), { x: 1330, y: 930 }),
    ...place(steam(random, 130), { x: 1330, y: 780 }),
    { path: rectangle(-10, 936, 1620, 80), tone: tones.crust },
    ...hatch(random, { clip: rectangle(0, 936, 1600, 70), left: 0, top: 936, width: 1600, height: 70, tone: tones.toast, spacing: 12, length: 120, sparse: 0.4, weight: 0.1 }),
  ]
}

/** Two jars and a bowl of beans: a vote, and the side that lost it. */
export function beanVote(random: Random): Shape[] {
  const beans = (count: number, tone: Tone, area: { x: number; y: number; width: number; height: number }): Shape[] =>
    Array.from({ length: count }, () => place([{ path: smooth([[-17, 0], [-8, -11], [10, -10], [17, 1], [7, 10], [0, 5], [-9, 10]], true), tone }, { path: gouge([-7, -4], [5, -5], 1.8), tone: tones.paper }], { x: area.x + random.between(0, area.width), y: area.y + random.between(0, area.height), degrees: random.between(0, 360) })).flat()
  const glass = (x: number, level: number, tone: Tone, bean: Tone): Shape[] => [
    ...place(jar(random, { width: 300, height: 470, filling: tone, level }), { x, y: 830 }),
    ...clipped(rectangle(x - 140, 830 - 470 * level - 12, 280, 470 * level), beans(Math.round(230 * level), bean, { x: x - 136, y: 830 - 470 * level, width: 272, height: 470 * level - 8 })),
    { path: gouge([x - 118, 420], [x - 120, 760], 9), tone: tones.paper },
  ]
  return [
    ...wall(random, { width: 1600, floorY: 720, tone: tones.blush, marks: tones.paper }),
    ...place(shelf(random, { x: 0, y: 0, width: 420 }), { x: 1120, y: 250 }),
    ...place(teapot(random, tones.pine), { x: 1240, y: 250, scale: 0.7 }),
    ...place(mug(74, tones.ochre), { x: 1400, y: 250 }),
    ...place(mug(74, tones.slate), { x: 1490, y: 250 }),
    ...boards(random, { left: 0, top: 700, width: 1600, height: 300, board: 100 }, { board: tones.wheat, seam: tones.toast, grain: tones.crust }),
    { path: ellipse(470, 832, 190, 22), tone: tones.toast, overprint: true },
    { path: ellipse(900, 832, 190, 22), tone: tones.toast, overprint: true },
    ...glass(470, 0.4, tones.haze, tones.cream),
    ...glass(900, 0.72, { ink: 0.4, rose: 0.4 }, tones.plum),
    ...beans(16, tones.plum, { x: 1120, y: 830, width: 320, height: 110 }),
    ...beans(12, tones.cream, { x: 140, y: 860, width: 1000, height: 100 }),
  ]
}

/** Tea laid for a long talk, seen from above. */
export function teaTable(random: Random): Shape[] {
  const plate = (x: number, y: number, tone: Tone): Shape[] => [
    { path: ellipse(x + 7, y + 9, 118), tone: tones.slate, overprint: true, fade: { from: [x, y], to: [x, y + 1], fromShare: 0.4, toShare: 0.4 } },
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
    ...[0, 1, 2, 3, 4, 5, 6].map((line): Shape => ({ path: rectangle(690, 410 + line * 34, line === 3 ? 130 : 226, 8), tone: line === 0 ? tones.brick : tones.slate, within: [tilt] })),
    { path: gouge([940, 690], [1090, 480], 9), tone: tones.ochre },
    { path: gouge([932, 702], [944, 686], 5), tone: tones.ink },
    ...[[1360, 520], [170, 540]].flatMap(([x, y]) => place([...place(leaf(80, 20, tones.pine), { x: 0, y: 0, degrees: 20 }), ...place(leaf(74, 18, tones.sage), { x: 0, y: 0, degrees: -60 }), { path: ellipse(0, 0, 26), tone: tones.rose }, { path: ellipse(0, 0, 9), tone: tones.ochre }], { x: x ?? 0, y: y ?? 0 })),
  ]
}

/** The yard gate standing open on the mill: how to join. */
export function openGate(random: Random): Shape[] {
  const pillar = (x: number): Shape[] => [
    { path: rectangle(x, 250, 168, 670), tone: tones.haze },
    ...clipped(rectangle(x, 250, 168, 670), setts(random, { left: x, top: 250, width: 168, height: 660, row: 50 }, [tones.stone, tones.ash, { ash: 0.7, ochre: 0.3, ink: 0.1 }])),
    { path: rectangle(x - 16, 226, 196, 32), tone: tones.slate },
    { path: ellipse(x + 82, 190, 44), tone: tones.slate },
  ]
  const leafOfGate = (mirrored: boolean): Shape[] => {
    const bars: Shape[] = [{ path: polygon([[0, -520], [190, -440], [190, -416], [0, -494]]), tone: tones.pine }, { path: polygon([[0, -60], [190, 20], [190, 44], [0, -34]]), tone: tones.pine }]
    for (let x = 6; x < 190; x += 30) bars.push({ path: rectangle(x, -548 + x * 0.42, 11, 530), tone: tones.pine })
    return place(bars, { x: mirrored ? 1250 : 350, y: 850, scale: 1, scaleX: mirrored ? -1 : 1 })
  }
  return [
    backdrop(wide, tones.cream, 0.5),
    ...sun(random, { x: 800, y: 330, radius: 96, tone: tones.wheat, rays: tones.paper }),
    ...hill(random, wide, { y: 450, rise: 50, tone: tones.leaf, marks: tones.mist, swells: 1.6, spacing: 17 }),
    ...place(mill(random, { lit: 0.35, bays: 9, chimney: true }), { x: 590, y: 640, scale: 0.86 }),
    ...[400, 480, 1190, 1270].flatMap((x) => place(roundTree(random, 56, tones.moss, tones.lime), { x, y: 650 })),
    { path: rectangle(0, 640, 1600, 370), tone: tones.leaf },
    { path: polygon([[720, 640], [900, 640], [1330, 1010], [270, 1010]]), tone: tones.cream },
    ...clipped(polygon([[720, 640], [900, 640], [1330, 1010], [270, 1010]]), setts(random, { left: 250, top: 650, width: 1100, height: 360, row: 22, growth: 2.6 }, [tones.cream, tones.stone, tones.blush])),
    ...setts(random, { left: -30, top: 420, width: 230, height: 520, row: 46 }, [tones.ash, tones.stone]),
    ...setts(random, { left: 1400, top: 420, width: 240, height: 520, row: 46 }, [tones.ash, tones.stone]),
    ...pillar(200),
    ...pillar(1250),
    ...leafOfGate(false),
    ...leafOfGate(true),
    ...grass(random, { left: -20, right: 330, y: 1010, height: 110, count: 90 }, tones.pine),
    ...grass(random, { left: 1270, right: 1620, y: 1010, height: 110, count: 90 }, tones.pine),
    ...[[70, 430], [150, 340], [1470, 380], [1550, 460]].flatMap(([x, height]) => place(willowherb(random, height ?? 0), { x: x ?? 0, y: 1010 })),
  ]
}

/** Chairs stacked after the meeting, the lamp still lit. Used for the draft and as a spare. */
export function chairs(random: Random): Shape[] {
  return [
    ...wall(random, { width: 1600, floorY: 700, tone: tones.leaf, marks: tones.mist }),
    ...boards(random, { left: 0, top: 700, width: 1600, height: 300, board: 84 }, { board: tones.wheat, seam: tones.toast, grain: tones.crust }),
    ...[180, 420, 660, 900, 1140, 1380].flatMap((x, index) => place(chair(index % 3 === 1 ? tones.brick : tones.brown), { x, y: 850, scale: 1.3 })),
    ...hangingLamp(random, { x: 800, y: 170, size: 100, tone: tones.brick, light: tones.wheat, throwY: 850 }),
  ]
}
