import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { backdrop, wide } from '../landscape.ts'
import { boards, hatch } from '../marks.ts'
import type { Random } from '../random.ts'
import { ellipse, gouge, place, points, polygon, polyline, rectangle, smooth } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { wheel } from '../things/machines.ts'
import { hangingLamp } from '../things/rooms.ts'
import { mug } from '../things/tableware.ts'
import { tool } from '../things/tools.ts'
import type { ToolKind } from '../things/tools.ts'
import { jar } from '../things/vessels.ts'

/** The tool wall, a lamp, and a toaster that has been opened up. */
export function repairBench(random: Random): Shape[] {
  const kinds: readonly ToolKind[] = [
    'saw',
    'hammer',
    'chisel',
    'spanner',
    'screwdriver',
    'pliers',
    'hammer',
    'screwdriver',
    'chisel',
  ]
  const handles: readonly Tone[] = [
    tones.brick,
    tones.crust,
    tones.ochre,
    tones.slate,
    tones.brick,
    tones.rose,
    tones.wheat,
    tones.ochre,
    tones.brick,
  ]
  const wallTools = kinds.flatMap((kind, index) => {
    const x = 150 + index * 165
    const shadow = tool(kind, tones.mist, tones.mist)
    return [
      ...place(shadow, { x: x + 16, y: 136, scale: 1.12 }),
      ...place(tool(kind, handles[index] ?? tones.brick), { x, y: 126, scale: 1.12 }),
    ]
  })
  return [
    { path: rectangle(0, 0, 1600, 1000), tone: tones.leaf },
    ...hatch(random, {
      clip: rectangle(0, 0, 1600, 700),
      left: 0,
      top: 0,
      width: 1600,
      height: 700,
      tone: tones.mist,
      spacing: 46,
      length: 5,
      sparse: 0,
      weight: 0.07,
    }),
    ...wallTools,
    ...boards(
      random,
      { left: 0, top: 690, width: 1600, height: 320, board: 106 },
      { board: tones.crust, seam: tones.brown, grain: tones.toast },
    ),
    ...place(toaster(random), { x: 760, y: 850, scale: 1.3 }),
    ...place(
      jar(random, {
        width: 110,
        height: 140,
        filling: tones.slate,
        bits: tones.ash,
        bitSize: 8,
        lid: tones.brick,
      }),
      { x: 180, y: 800 },
    ),
    ...place(
      jar(random, {
        width: 96,
        height: 118,
        filling: tones.ochre,
        bits: tones.brown,
        bitSize: 7,
        lid: tones.slate,
      }),
      { x: 310, y: 820 },
    ),
    ...place(mug(118, tones.brick), { x: 1420, y: 860 }),
    ...place(tool('screwdriver', tones.ochre), { x: 1060, y: 930, degrees: -78, scale: 1.1 }),
    ...place(tool('pliers', tones.rose), { x: 420, y: 950, degrees: 82 }),
    ...points('980,850 1010,872 1040,846 560,900 600,914 1240,900').flatMap(([x, y]): Shape[] => [
      { path: ellipse(x ?? 0, y ?? 0, 11, 7), tone: tones.ash },
      { path: gouge([(x ?? 0) - 7, y ?? 0], [(x ?? 0) + 7, y ?? 0], 1.6), tone: tones.ink },
    ]),
    ...hangingLamp(random, {
      x: 760,
      y: 390,
      size: 110,
      tone: tones.brick,
      light: tones.wheat,
      throwY: 850,
    }),
  ]
}

function toaster(random: Random): Shape[] {
  const body = 'M-170 0L-176 -130Q-174 -180 -120 -184L120 -184Q174 -180 176 -130L170 0Z'
  return [
    {
      path: smooth(points('170,-40 260,-30 300,30 380,20')),
      tone: tones.ink,
      strokeWidth: 7,
    },
    { path: body, tone: tones.ash },
    ...hatch(random, {
      clip: body,
      left: -170,
      top: -180,
      width: 340,
      height: 180,
      tone: tones.paper,
      spacing: 18,
      length: 70,
      sparse: 0.5,
      weight: 0.12,
    }),
    {
      path: polygon(points('-120,-30 -120,-150 60,-150 60,-30')),
      tone: tones.ink,
    },
    ...[0, 1, 2, 3, 4, 5].map((row): Shape => ({
      path: polyline([
        [-108, -138 + row * 20],
        [48, -132 + row * 20],
      ]),
      tone: row % 2 === 0 ? tones.brick : tones.ochre,
      strokeWidth: 4,
    })),
    ...[-60, 0].map((x): Shape => ({ path: rectangle(x, -150, 6, 120), tone: tones.slate })),
    { path: rectangle(-110, -198, 100, 18), tone: tones.ink },
    { path: rectangle(14, -198, 100, 18), tone: tones.ink },
    { path: rectangle(110, -120, 30, 14), tone: tones.ink },
    { path: ellipse(124, -50, 20), tone: tones.ink },
    { path: gouge([124, -50], [136, -64], 3), tone: tones.paper },
    { path: rectangle(-150, -4, 40, 14), tone: tones.ink },
    { path: rectangle(110, -4, 40, 14), tone: tones.ink },
  ]
}

/** A wheel in the truing stand, close to. */
export function truingWheel(random: Random): Shape[] {
  return [
    backdrop(wide, tones.wheat, 0.7),
    ...hatch(random, {
      clip: rectangle(0, 0, 1600, 1000),
      left: 0,
      top: 0,
      width: 1600,
      height: 1000,
      tone: tones.cream,
      spacing: 34,
      length: 90,
      sparse: 0.5,
      weight: 0.08,
      degrees: 20,
    }),
    ...boards(
      random,
      { left: 0, top: 880, width: 1600, height: 130, board: 66 },
      { board: tones.crust, seam: tones.brown, grain: tones.toast },
    ),
    {
      path: polygon(points('770,890 780,480 820,480 830,890')),
      tone: tones.slate,
    },
    ...place(wheel(390, tones.ink, 32), { x: 800, y: 480 }),
    {
      path: polygon(points('560,900 600,850 1000,850 1040,900')),
      tone: tones.slate,
    },
    {
      path: polygon(points('846,870 820,500 836,470 866,486 892,870')),
      tone: tones.brick,
    },
    { path: ellipse(842, 488, 26), tone: tones.ink },
    { path: ellipse(842, 488, 11), tone: tones.ash },
    { path: gouge([1180, 620], [1104, 566], 10), tone: tones.brick },
    { path: gouge([1200, 690], [1124, 640], 10), tone: tones.brick },
    ...place(tool('spanner', tones.brick), { x: 1290, y: 930, degrees: 84, scale: 1.1 }),
    ...place(
      jar(random, {
        width: 120,
        height: 150,
        filling: tones.slate,
        bits: tones.ash,
        bitSize: 7,
        lid: tones.pine,
      }),
      { x: 210, y: 910 },
    ),
    ...place(tool('screwdriver', tones.pine), { x: 330, y: 950, degrees: -72 }),
  ]
}
