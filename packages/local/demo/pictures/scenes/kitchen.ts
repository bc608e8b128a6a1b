import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { stars } from '../landscape.ts'
import { boards, check, hatch } from '../marks.ts'
import type { Random } from '../random.ts'
import { ellipse, gouge, place, points, polygon, rectangle, smooth } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { traybakeSquare } from '../things/bread.ts'
import { leaf } from '../things/plants.ts'
import { leek } from '../things/produce.ts'
import { hangingLamp, millWindow, shelf, wall } from '../things/rooms.ts'
import { carrot, onion } from '../things/roots.ts'
import { mug, steam, teapot } from '../things/tableware.ts'
import { jar } from '../things/vessels.ts'

export function table(random: Random, top: number, tone: Tone = tones.wheat): Shape[] {
  return boards(
    random,
    { left: 0, top, width: 1600, height: 1000 - top, board: 92 },
    { board: tone, seam: tones.toast, grain: tones.crust },
  )
}

/** Parkin cut in squares, the tin, and a bonfire far off outside. */
export function parkin(random: Random): Shape[] {
  const view: Shape[] = [
    { path: rectangle(900, 0, 560, 560), tone: tones.night },
    ...stars(random, { top: 80, bottom: 300, left: 960, right: 1420, tone: tones.cream }, 22),
    { path: rectangle(900, 410, 560, 200), tone: tones.ink },
    ...Array.from({ length: 26 }, (): Shape => ({
      path: gouge(
        [1180 + random.between(-46, 46), 430],
        [1180 + random.between(-16, 16), 430 - random.between(50, 150)],
        11,
      ),
      tone: random.pick([tones.ochre, tones.crust, tones.brick, tones.cream]),
    })),
    ...Array.from({ length: 40 }, (): Shape => ({
      path: ellipse(
        1180 + random.between(-120, 120),
        random.between(110, 330),
        random.between(1.6, 4),
      ),
      tone: tones.ochre,
    })),
  ]
  const squares: Shape[] = []
  for (const [x, y] of points('470,750 640,772 810,794 390,806 560,830 730,852 560,706')) {
    squares.push(
      ...place(
        traybakeSquare(random, { top: tones.toast, side: tones.brown, crumbs: tones.crust }),
        { x, y, scale: 1.2 },
      ),
    )
  }
  return [
    ...wall(random, { width: 1600, floorY: 660, tone: tones.petal, marks: tones.blush }),
    ...millWindow({ x: 960, y: 90, width: 430, height: 430, view }),
    ...check({ left: 0, top: 640, width: 1600, height: 360, size: 34, tone: { rose: 0.5 } }),
    { path: ellipse(600, 850, 430, 116), tone: tones.slate, overprint: true },
    { path: ellipse(600, 828, 440, 118), tone: tones.paper },
    { path: ellipse(600, 828, 400, 100), tone: tones.mist, strokeWidth: 9 },
    ...squares,
    ...place(teapot(random, tones.pine), { x: 1240, y: 800, scale: 1.35 }),
    ...place(mug(130, tones.brick), { x: 1440, y: 920 }),
    ...place(steam(random, 150), { x: 1440, y: 780 }),
    ...place(
      jar(random, {
        width: 150,
        height: 200,
        filling: tones.brown,
        lid: tones.ochre,
        label: tones.brick,
      }),
      { x: 170, y: 760 },
    ),
  ]
}

/** A pot of soup, leeks and carrots beside it. */
export function soup(random: Random): Shape[] {
  const pot = 'M-260 -250L-246 -40Q-230 0 -180 0L180 0Q230 0 246 -40L260 -250Z'
  return [
    ...wall(random, { width: 1600, floorY: 740, tone: tones.cream, marks: tones.paper }),
    ...shelf(random, { x: 1030, y: 300, width: 480 }),
    ...[0, 1, 2, 3].flatMap((index) =>
      place(
        jar(random, {
          width: 96,
          height: 120 + (index % 2) * 30,
          filling: [tones.crust, tones.lime, tones.wheat, tones.plum][index] ?? tones.wheat,
          bits: tones.paper,
          lid: tones.slate,
        }),
        { x: 1100 + index * 112, y: 300 },
      ),
    ),
    ...table(random, 720, tones.petal),
    { path: ellipse(760, 900, 330, 30), tone: tones.plum, overprint: true },
    ...place(
      [
        {
          path: smooth(points('-258,-190 -330,-200 -330,-130 -254,-130')),
          tone: tones.ink,
          strokeWidth: 17,
        },
        {
          path: smooth(points('258,-190 330,-200 330,-130 254,-130')),
          tone: tones.ink,
          strokeWidth: 17,
        },
        { path: pot, tone: tones.brick },
        ...hatch(random, {
          clip: pot,
          left: -250,
          top: -230,
          width: 500,
          height: 220,
          tone: tones.petal,
          spacing: 22,
          length: 90,
          sparse: 0.45,
          weight: 0.09,
        }),
        { path: ellipse(0, -250, 262, 54), tone: tones.ink },
        { path: ellipse(0, -246, 240, 44), tone: tones.lime },
        ...Array.from({ length: 26 }, (): Shape => ({
          path: ellipse(
            random.between(-190, 190),
            -246 + random.between(-26, 26),
            random.between(6, 15),
            random.between(3, 7),
          ),
          tone: random.pick([tones.cream, tones.crust, tones.pine]),
        })),
        { path: gouge([80, -250], [240, -520], 12), tone: tones.toast },
      ],
      { x: 760, y: 900 },
    ),
    ...place(steam(random, 300), { x: 720, y: 620 }),
    ...place(leek(random, 520), { x: 130, y: 930, degrees: 68 }),
    ...place(leek(random, 480), { x: 90, y: 880, degrees: 76 }),
    ...place(carrot(random, 230), { x: 1340, y: 800, degrees: 64 }),
    ...place(carrot(random, 210), { x: 1390, y: 850, degrees: 74 }),
    ...place(onion(random, 74), { x: 1180, y: 930 }),
    ...place(onion(random, 66, tones.plum), { x: 1300, y: 950 }),
  ]
}

/** A layered cake on its stand, with slips of paper about it: nine motions, one cake. */
export function cake(random: Random): Shape[] {
  const layer = (y: number, tone: Tone): Shape[] => [
    { path: rectangle(-250, y - 84, 500, 84), tone },
    ...hatch(random, {
      clip: rectangle(-250, y - 84, 500, 84),
      left: -250,
      top: y - 84,
      width: 500,
      height: 84,
      tone: tones.cream,
      spacing: 17,
      length: 22,
      sparse: 0.5,
      weight: 0.1,
    }),
  ]
  const slips = Array.from({ length: 9 }, (_, index) => {
    const paperSlip: Shape[] = [
      { path: rectangle(-64, -40, 128, 80), tone: tones.paper },
      { path: rectangle(-48, -24, 96, 6), tone: tones.slate },
      { path: rectangle(-48, -8, 72, 6), tone: tones.slate },
      { path: rectangle(-48, 8, 84, 6), tone: tones.slate },
      ...(index === 4
        ? []
        : [
            {
              path: smooth(points('24,18 38,32 62,-6')),
              tone: tones.brick,
              strokeWidth: 7,
            },
          ]),
    ]
    return place(paperSlip, {
      x: 120 + (index % 5) * 340 + (index > 4 ? 170 : 0),
      y: index > 4 ? 940 : 800 + (index % 2) * 60,
      degrees: random.between(-24, 24),
    })
  }).flat()
  return [
    ...wall(random, { width: 1600, floorY: 720, tone: tones.leaf, marks: tones.mist }),
    ...table(random, 700, tones.cream),
    ...slips,
    { path: ellipse(800, 860, 250, 26), tone: tones.toast, overprint: true },
    ...place(
      [
        {
          path: polygon(points('-40,-130 40,-130 100,0 -100,0')),
          tone: tones.ash,
        },
        { path: ellipse(0, 0, 120, 20), tone: tones.ash },
        { path: ellipse(0, -130, 360, 46), tone: tones.paper },
        { path: ellipse(0, -126, 360, 44), tone: tones.ash, strokeWidth: 7 },
        ...layer(-140, tones.crust),
        { path: rectangle(-252, -246, 504, 24), tone: tones.brick },
        ...layer(-244, tones.crust),
        {
          path: smooth(
            points(
              '-262,-318 -240,-366 0,-384 240,-366 262,-318 232,-290 190,-326 140,-280 90,-328 20,-286 -40,-328 -100,-278 -160,-328 -220,-288',
            ),
            true,
          ),
          tone: tones.paper,
        },
        ...Array.from({ length: 9 }, (_, index): Shape[] =>
          place(
            [
              { path: ellipse(0, 0, 21), tone: tones.rose },
              ...place(leaf(24, 8, { tone: tones.pine }), { x: 0, y: -20, degrees: -40 }),
            ],
            { x: -196 + index * 49, y: -368 - Math.sin((index / 8) * Math.PI) * 22 },
          ),
        ).flat(),
      ],
      { x: 800, y: 860 },
    ),
    ...hangingLamp(random, {
      x: 800,
      y: 120,
      size: 90,
      tone: tones.brick,
      light: tones.cream,
      throwY: 700,
    }),
  ]
}
