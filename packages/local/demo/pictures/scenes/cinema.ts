import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { hill, levelMarks, stars, wide } from '../landscape.ts'
import { hatch, setts } from '../marks.ts'
import type { Random } from '../random.ts'
import { clipped, ellipse, place, points, polygon, rectangle, roundedBox } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { projector } from '../things/machines.ts'

/** Rows of seats from behind; x from the middle, y the top of the nearest row. */
function seats(random: Random, rows: number, top: number): Shape[] {
  const shapes: Shape[] = []
  for (let row = 0; row < rows; row += 1) {
    const scale = 0.7 + row * 0.2
    const y = top + row * 92
    for (let column = -7; column <= 7; column += 1) {
      const x = 800 + (column + (row % 2) / 2) * 128 * scale
      const back = roundedBox(-54, -96, 108, 140, 26)
      const seat: Shape[] = [
        { path: back, tone: row % 2 === 0 ? tones.plum : { rose: 1, ink: 0.34 } },
        ...hatch(random, {
          clip: back,
          left: -48,
          top: -90,
          width: 96,
          height: 120,
          tone: tones.rose,
          spacing: 15,
          length: 34,
          sparse: 0.5,
          weight: 0.12,
          degrees: 90,
        }),
        { path: rectangle(-66, -20, 14, 70), tone: tones.ink },
      ]
      shapes.push(...place(seat, { x, y, scale }))
    }
  }
  return shapes
}

/** The projector at the back and its beam over the seats. */
export function projectorBeam(random: Random): Shape[] {
  const beam = polygon(points('1196,262 1196,300 60,640 60,90'))
  const motes = Array.from({ length: 120 }, (): Shape => ({
    path: ellipse(random.between(90, 1150), random.between(110, 600), random.between(1.2, 3.4)),
    tone: tones.paper,
  }))
  return [
    { path: rectangle(0, 0, 1600, 1000), tone: tones.night },
    ...hatch(random, {
      clip: rectangle(0, 0, 1600, 1000),
      left: 0,
      top: 0,
      width: 1600,
      height: 700,
      tone: tones.dusk,
      spacing: 30,
      length: 70,
      sparse: 0.5,
      weight: 0.09,
      degrees: 90,
    }),
    {
      path: beam,
      tone: { ochre: 0.55 },
      fade: { from: [1196, 280], to: [60, 360], fromShare: 1.4, toShare: 0.35 },
    },
    ...clipped(beam, [
      ...hatch(random, {
        clip: beam,
        left: 60,
        top: 90,
        width: 1140,
        height: 550,
        tone: tones.paper,
        spacing: 26,
        length: 220,
        sparse: 0.55,
        weight: 0.05,
        degrees: -4,
      }),
      ...motes,
    ]),
    { path: rectangle(0, 64, 74, 610), tone: tones.paper },
    { path: rectangle(70, 50, 16, 640), tone: tones.ink },
    ...seats(random, 4, 780),
    { path: rectangle(1230, 560, 330, 460), tone: tones.dusk },
    { path: rectangle(1210, 540, 370, 34), tone: tones.brown },
    ...place(projector(random), { x: 1390, y: 542, scale: 1 }),
  ]
}

/** The cinema door at night: bulbs, posters, wet setts. */
export function cinemaFront(random: Random): Shape[] {
  const bulbs = (y: number): Shape[] =>
    Array.from({ length: 27 }, (_, index): Shape => ({
      path: ellipse(356 + index * 34.4, y, 8.5),
      tone: tones.cream,
    }))
  const poster = (x: number, tone: Tone, draw: readonly Shape[]): Shape[] => [
    { path: rectangle(x - 12, 468, 174, 244), tone: tones.ink },
    ...clipped(rectangle(x, 480, 150, 220), [
      { path: rectangle(x, 480, 150, 220), tone },
      ...draw,
      { path: rectangle(x + 18, 666, 114, 8), tone: tones.paper },
      { path: rectangle(x + 36, 682, 78, 6), tone: tones.paper },
    ]),
  ]
  const light: Tone = { ochre: 0.7 }
  return [
    { path: rectangle(0, 0, 1600, 1000), tone: tones.night },
    ...stars(random, { top: 20, bottom: 200, tone: tones.cream }, 60),
    { path: rectangle(110, 120, 1380, 680), tone: tones.ink },
    ...clipped(
      rectangle(110, 120, 1380, 680),
      setts(random, { left: 100, top: 120, width: 1400, height: 660, row: 62 }, [
        { ash: 0.8, ink: 0.6 },
        { ash: 0.8, ink: 0.5, rose: 0.15 },
        { ash: 0.9, ink: 0.68 },
      ]),
    ),
    { path: rectangle(86, 96, 1430, 34), tone: tones.ink },
    ...[210, 1280].flatMap((x): Shape[] => [
      { path: rectangle(x, 180, 110, 170), tone: tones.ochre },
      { path: rectangle(x + 51, 180, 8, 170), tone: tones.ink },
      { path: rectangle(x, 260, 110, 8), tone: tones.ink },
    ]),
    { path: rectangle(330, 320, 940, 116), tone: tones.brick },
    { path: rectangle(350, 336, 900, 84), tone: tones.cream },
    ...place(letters('ROSE ASH'), { x: 522, y: 351 }),
    ...bulbs(320),
    ...bulbs(436),
    { path: rectangle(640, 470, 320, 320), tone: tones.brown },
    ...[656, 810].flatMap((x): Shape[] => [
      { path: rectangle(x, 486, 134, 300), tone: tones.plum },
      { path: rectangle(x + 22, 506, 90, 170), tone: tones.ochre },
      { path: rectangle(x + (x < 700 ? 112 : 8), 640, 12, 44), tone: tones.ochre },
    ]),
    ...poster(410, tones.pine, [
      { path: ellipse(485, 560, 44), tone: tones.cream },
      ...hill(random, wide, { y: 620, rise: 14, tone: tones.ink, swells: 8 }),
    ]),
    ...poster(1040, tones.plum, [
      {
        path: polygon(points('1040,480 1190,480 1115,660')),
        tone: tones.ochre,
      },
      { path: ellipse(1115, 600, 28), tone: tones.ink },
    ]),
    ...setts(random, { left: -20, top: 786, width: 1640, height: 230, row: 34, growth: 2 }, [
      tones.dusk,
      { ink: 0.8, rose: 0.2 },
      { ink: 0.7, ash: 0.4 },
    ]),
    {
      path: polygon(points('520,790 1080,790 1340,1010 260,1010')),
      tone: light,
      overprint: true,
    },
    ...levelMarks(random, wide, {
      top: 800,
      bottom: 1000,
      left: 380,
      right: 1230,
      tone: tones.cream,
      spacing: 30,
      sparse: 0.6,
      growth: 1.6,
    }),
  ]
}

/** Letters of straight strokes on a grid of 4 by 6, as far as the canopy needs them. */
const strokes: Readonly<Record<string, string>> = {
  R: 'M0 6L0 0L4 0L4 3L0 3M2 3L4 6',
  O: 'M0 0L4 0L4 6L0 6Z',
  S: 'M4 0L0 0L0 3L4 3L4 6L0 6',
  E: 'M4 0L0 0L0 6L4 6M0 3L3 3',
  A: 'M0 6L0 2L2 0L4 2L4 6M0 4L4 4',
  H: 'M0 0L0 6M4 0L4 6M0 3L4 3',
}

/** Letters on a canopy, the first one's upper left corner at the origin. */
function letters(text: string): Shape[] {
  return text.split('').flatMap((letter, index) => {
    const path = strokes[letter]
    if (path === undefined) return []
    return place([{ path, tone: tones.ink, strokeWidth: 1.3 }], { x: index * 74, y: 0, scale: 9 })
  })
}
