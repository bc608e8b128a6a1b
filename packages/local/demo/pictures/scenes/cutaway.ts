import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { backdrop, bird, hill, levelMarks, wide } from '../landscape.ts'
import { hatch } from '../marks.ts'
import type { Random } from '../random.ts'
import { clipped, place, points, polygon, rectangle } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { boule } from '../things/bread.ts'
import { cargoBike } from '../things/machines.ts'
import { roundTree, willowherb } from '../things/plants.ts'
import {
  bakeryRoom,
  cinemaRoom,
  floorHeight,
  longRoom,
  shopRoom,
  studios,
  workshopRoom,
} from './cutaway-rooms.ts'

interface Room {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly tone: Tone
  /** Things in the room; their origin is the left end of its floor. */
  readonly things: readonly Shape[]
}

function drawRoom(random: Random, room: Room): Shape[] {
  const { left, top, width, tone, things } = room
  const clip = rectangle(left, top, width, floorHeight)
  return [
    { path: clip, tone },
    ...hatch(random, {
      clip,
      left,
      top,
      width,
      height: floorHeight,
      tone: tones.paper,
      spacing: 34,
      length: 9,
      sparse: 0.65,
      weight: 0.05,
      degrees: 24,
    }),
    ...clipped(clip, place(things, { x: left, y: top + floorHeight })),
    { path: clip, tone: tones.slate, strokeWidth: 9 },
  ]
}

/** The mill with its front taken off: a room for everything, and the river at its foot. */
export function millCutaway(random: Random): Shape[] {
  const [left, right, ground] = [360, 1240, 900]
  const top = ground - floorHeight * 4
  const rooms: readonly Room[] = [
    { left, top: top + floorHeight * 3, width: 436, tone: tones.petal, things: bakeryRoom(random) },
    {
      left: 796,
      top: top + floorHeight * 3,
      width: 444,
      tone: tones.sage,
      things: shopRoom(random),
    },
    { left, top: top + floorHeight * 2, width: 380, tone: tones.leaf, things: workshopRoom() },
    {
      left: 740,
      top: top + floorHeight * 2,
      width: 500,
      tone: tones.night,
      things: cinemaRoom(random),
    },
    { left, top: top + floorHeight, width: 880, tone: tones.cream, things: longRoom(random) },
    { left, top, width: 880, tone: tones.wheat, things: studios(random) },
  ]
  const roof = polygon([
    [left - 26, top],
    [left + 90, top - 108],
    [right - 90, top - 108],
    [right + 26, top],
  ])
  return [
    backdrop(wide, tones.blush, 0.3),
    ...levelMarks(random, wide, {
      top: 50,
      bottom: 300,
      tone: tones.paper,
      spacing: 32,
      sparse: 0.6,
    }),
    ...hill(random, wide, {
      y: 520,
      rise: 70,
      tone: tones.leaf,
      marks: tones.mist,
      swells: 1.6,
      spacing: 22,
    }),
    ...hill(random, wide, {
      y: 690,
      rise: 36,
      tone: tones.sage,
      marks: tones.leaf,
      swells: 1.8,
      spacing: 22,
    }),
    ...[60, 170, 1430, 1545].flatMap((x) =>
      place(roundTree(random, random.between(52, 72), { tone: tones.moss, marks: tones.lime }), {
        x,
        y: 880,
      }),
    ),
    {
      path: polygon([
        [1290, ground],
        [1302, 150],
        [1344, 150],
        [1358, ground],
      ]),
      tone: tones.stone,
    },
    { path: rectangle(1294, 138, 58, 18), tone: tones.slate },
    { path: rectangle(left - 14, top, right - left + 28, ground - top), tone: tones.stone },
    { path: roof, tone: tones.slate },
    ...hatch(random, {
      clip: roof,
      left,
      top: top - 104,
      width: right - left,
      height: 100,
      tone: tones.ash,
      spacing: 15,
      length: 18,
      sparse: 0.4,
      weight: 0.09,
    }),
    ...rooms.flatMap((room) => drawRoom(random, room)),
    { path: rectangle(-10, ground, 1620, 30), tone: tones.slate },
    { path: rectangle(-10, ground + 30, 1620, 80), tone: { ash: 0.35, sage: 0.6 } },
    ...levelMarks(random, wide, {
      top: ground + 38,
      bottom: 1000,
      tone: tones.paper,
      spacing: 15,
      sparse: 0.3,
    }),
    ...place(
      cargoBike(random, {
        frame: tones.brick,
        box: tones.wheat,
        load: place(boule(random), { x: 150, y: -186, scale: 0.6 }),
      }),
      { x: 160, y: ground, scale: 0.42 },
    ),
    ...points('1400,250 1470,320 1540,270').flatMap(([x, height]) =>
      place(willowherb(random, height ?? 0), { x: x ?? 0, y: ground + 6 }),
    ),
    ...bird([220, 210], 26, tones.slate),
    ...bird([290, 250], 18, tones.slate),
  ]
}
