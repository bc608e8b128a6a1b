import { tones } from '../ink.ts'
import { backdrop, bird, hill, levelMarks, snow, stars, sun, wide } from '../landscape.ts'
import type { Random } from '../random.ts'
import { ellipse, place, points, polygon, rectangle } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { boule, tinLoaf } from '../things/bread.ts'
import { terrace } from '../things/buildings.ts'
import { cargoBike } from '../things/machines.ts'
import { grass, roundTree } from '../things/plants.ts'
import { kale, leek } from '../things/produce.ts'
import { carrot } from '../things/roots.ts'

/** The cargo bike loaded for the Saturday round, hills behind. */
export function cargoRound(random: Random): Shape[] {
  const load = [
    ...place(kale(random, 150), { x: 80, y: -180, degrees: -14 }),
    ...place(leek(random, 210), { x: 130, y: -150, degrees: 6 }),
    ...place(leek(random, 190), { x: 154, y: -150, degrees: 15 }),
    ...place(tinLoaf(random), { x: 216, y: -176, scale: 0.42 }),
    ...place(boule(random), { x: 200, y: -186, scale: 0.5 }),
    ...place(carrot(random, 90), { x: 106, y: -206, degrees: -168 }),
  ]
  return [
    backdrop(wide, { rose: 0.2, ochre: 0.16 }, 0.3),
    ...levelMarks(random, wide, {
      top: 60,
      bottom: 330,
      tone: tones.paper,
      spacing: 30,
      sparse: 0.55,
    }),
    ...sun(random, { x: 330, y: 260, radius: 84, tone: tones.ochre, rays: tones.paper }),
    ...hill(random, wide, {
      y: 440,
      rise: 80,
      tone: tones.leaf,
      marks: tones.mist,
      swells: 1.3,
      spacing: 19,
    }),
    ...hill(random, wide, {
      y: 560,
      rise: 40,
      tone: tones.sage,
      marks: tones.leaf,
      swells: 2,
      spacing: 17,
    }),
    ...place(terrace(random, { count: 7, lit: 0.15 }), { x: 980, y: 700, scale: 1.05 }),
    ...[60, 180, 330, 560, 900].flatMap((x) =>
      place(roundTree(random, random.between(44, 70), { tone: tones.moss, marks: tones.lime }), {
        x,
        y: 720,
      }),
    ),
    { path: rectangle(0, 700, 1600, 310), tone: tones.stone },
    { path: rectangle(0, 700, 1600, 24), tone: tones.moss },
    ...levelMarks(random, wide, {
      top: 742,
      bottom: 1000,
      tone: tones.paper,
      spacing: 17,
      sparse: 0.55,
      growth: 2,
    }),
    { path: ellipse(760, 906, 420, 18), tone: tones.slate, overprint: true },
    ...place(cargoBike(random, { frame: tones.brick, box: tones.wheat, load: load }), {
      x: 720,
      y: 904,
      scale: 1.42,
    }),
    ...bird([1130, 210], 26, tones.slate),
    ...bird([1210, 250], 18, tones.slate),
    ...grass(random, { left: -20, right: 1620, y: 1012, height: 70, count: 150 }, tones.pine),
  ]
}

/** The same bike at four on a December afternoon. */
export function winterRound(random: Random): Shape[] {
  const load = [
    ...place(boule(random), { x: 110, y: -186, scale: 0.52 }),
    ...place(tinLoaf(random), { x: 206, y: -186, scale: 0.46 }),
  ]
  return [
    backdrop(wide, { ink: 0.62, rose: 0.45 }, 0.4),
    ...stars(random, { top: 20, bottom: 230, tone: tones.paper }, 40),
    ...hill(random, wide, {
      y: 360,
      rise: 60,
      tone: { ink: 0.35, ash: 0.5 },
      marks: tones.haze,
      swells: 1.4,
      spacing: 20,
    }),
    ...place(
      terrace(random, { count: 20, lit: 0.62, wall: { ash: 0.7, ink: 0.5 }, roof: tones.paper }),
      { x: -30, y: 640, scale: 1.06 },
    ),
    { path: rectangle(0, 636, 1600, 374), tone: tones.haze },
    { path: rectangle(0, 700, 1600, 310), tone: tones.paper },
    ...levelMarks(random, wide, {
      top: 716,
      bottom: 1000,
      tone: { ash: 0.4, ink: 0.12 },
      spacing: 20,
      sparse: 0.5,
      growth: 1.9,
    }),
    ...[-30, 430, 890, 1350].flatMap((x): Shape[] => [
      { path: rectangle(x + 160, 420, 11, 300), tone: tones.ink },
      {
        path: polygon([
          [x + 148, 420],
          [x + 183, 420],
          [x + 176, 380],
          [x + 155, 380],
        ]),
        tone: tones.ochre,
      },
      { path: ellipse(x + 166, 400, 66), tone: { ochre: 0.4 }, overprint: true },
    ]),
    {
      path: polygon(points('1010,700 1600,640 1600,1000 1010,724')),
      tone: { ochre: 0.5 },
      overprint: true,
      fade: { from: [1010, 700], to: [1600, 760], fromShare: 1, toShare: 0 },
    },
    ...place(cargoBike(random, { frame: tones.pine, box: tones.brick, load: load }), {
      x: 680,
      y: 916,
      scale: 1.34,
    }),
    { path: ellipse(1028, 722, 17), tone: tones.ochre },
    ...snow(random, wide, 280),
  ]
}
