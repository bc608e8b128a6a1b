import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { backdrop, hill, levelMarks, stars, wide } from '../landscape.ts'
import { boards, hatch, setts } from '../marks.ts'
import type { Random } from '../random.ts'
import { clipped, ellipse, gouge, place, polygon, rectangle } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { mill } from '../things/buildings.ts'
import { projector } from '../things/machines.ts'
import { bareTree } from '../things/plants.ts'
import { bunting } from '../things/rooms.ts'
import { roundedBox } from '../things/vessels.ts'

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
        ...hatch(random, { clip: back, left: -48, top: -90, width: 96, height: 120, tone: tones.rose, spacing: 15, length: 34, sparse: 0.5, weight: 0.12, degrees: 90 }),
        { path: rectangle(-66, -20, 14, 70), tone: tones.ink },
      ]
      shapes.push(...place(seat, { x, y, scale }))
    }
  }
  return shapes
}

/** The projector at the back and its beam over the seats. */
export function projectorBeam(random: Random): Shape[] {
  const beam = polygon([[1196, 262], [1196, 300], [60, 640], [60, 90]])
  const motes = Array.from({ length: 120 }, (): Shape => ({ path: ellipse(random.between(90, 1150), random.between(110, 600), random.between(1.2, 3.4)), tone: tones.paper }))
  return [
    { path: rectangle(0, 0, 1600, 1000), tone: tones.night },
    ...hatch(random, { clip: rectangle(0, 0, 1600, 1000), left: 0, top: 0, width: 1600, height: 700, tone: tones.dusk, spacing: 30, length: 70, sparse: 0.5, weight: 0.09, degrees: 90 }),
    { path: beam, tone: { ochre: 0.55 }, fade: { from: [1196, 280], to: [60, 360], fromShare: 1.4, toShare: 0.35 } },
    ...clipped(beam, [...hatch(random, { clip: beam, left: 60, top: 90, width: 1140, height: 550, tone: tones.paper, spacing: 26, length: 220, sparse: 0.55, weight: 0.05, degrees: -4 }), ...motes]),
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
  const bulbs = (y: number): Shape[] => Array.from({ length: 27 }, (_, index): Shape => ({ path: ellipse(356 + index * 34.4, y, 8.5), tone: tones.cream }))
  const poster = (x: number, tone: Tone, draw: readonly Shape[]): Shape[] => [
    { path: rectangle(x - 12, 468, 174, 244), tone: tones.ink },
    ...clipped(rectangle(x, 480, 150, 220), [{ path: rectangle(x, 480, 150, 220), tone }, ...draw, { path: rectangle(x + 18, 666, 114, 8), tone: tones.paper }, { path: rectangle(x + 36, 682, 78, 6), tone: tones.paper }]),
  ]
  const light: Tone = { ochre: 0.7 }
  return [
    { path: rectangle(0, 0, 1600, 1000), tone: tones.night },
    ...stars(random, { top: 20, bottom: 200, tone: tones.cream }, 60),
    { path: rectangle(110, 120, 1380, 680), tone: tones.ink },
    ...clipped(rectangle(110, 120, 1380, 680), setts(random, { left: 100, top: 120, width: 1400, height: 660, row: 62 }, [{ ash: 0.8, ink: 0.6 }, { ash: 0.8, ink: 0.5, rose: 0.15 }, { ash: 0.9, ink: 0.68 }])),
    { path: rectangle(86, 96, 1430, 34), tone: tones.ink },
    ...[210, 1280].flatMap((x): Shape[] => [{ path: rectangle(x, 180, 110, 170), tone: tones.ochre }, { path: rectangle(x + 51, 180, 8, 170), tone: tones.ink }, { path: rectangle(x, 260, 110, 8), tone: tones.ink }]),
    { path: rectangle(330, 320, 940, 116), tone: tones.brick },
    { path: rectangle(350, 336, 900, 84), tone: tones.cream },
    ...place(letters('ROSE ASH'), { x: 522, y: 351 }),
    ...bulbs(320),
    ...bulbs(436),
    { path: rectangle(640, 470, 320, 320), tone: tones.brown },
    ...[656, 810].flatMap((x): Shape[] => [{ path: rectangle(x, 486, 134, 300), tone: tones.plum }, { path: rectangle(x + 22, 506, 90, 170), tone: tones.ochre }, { path: rectangle(x + (x < 700 ? 112 : 8), 640, 12, 44), tone: tones.ochre }]),
    ...poster(410, tones.pine, [{ path: ellipse(485, 560, 44), tone: tones.cream }, ...hill(random, wide, { y: 620, rise: 14, tone: tones.ink, swells: 8 })]),
    ...poster(1040, tones.plum, [{ path: polygon([[1040, 480], [1190, 480], [1115, 660]]), tone: tones.ochre }, { path: ellipse(1115, 600, 28), tone: tones.ink }]),
    ...setts(random, { left: -20, top: 786, width: 1640, height: 230, row: 34, growth: 2 }, [tones.dusk, { ink: 0.8, rose: 0.2 }, { ink: 0.7, ash: 0.4 }]),
    { path: polygon([[520, 790], [1080, 790], [1340, 1010], [260, 1010]]), tone: light, overprint: true },
    ...levelMarks(random, wide, { top: 800, bottom: 1000, left: 380, right: 1230, tone: tones.cream, spacing: 30, sparse: 0.6, growth: 1.6 }),
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
  return [...text].flatMap((letter, index) => {
    const path = strokes[letter]
    if (path === undefined) return []
    return place([{ path, tone: tones.ink, strokeWidth: 1.3 }], { x: index * 74, y: 0, scale: 9 })
  })
}

/** A silent film: the moon on the screen, an upright piano below it. */
export function silentPiano(random: Random): Shape[] {
  const screen = rectangle(300, 80, 1000, 520)
  const keys = Array.from({ length: 26 }, (_, index): Shape => ({ path: rectangle(-204 + index * 15.8, -196, 14, 30), tone: tones.paper }))
  const sharps = Array.from({ length: 25 }, (_, index) => index).filter((index) => ![2, 6, 9, 13, 16, 20, 23].includes(index)).map((index): Shape => ({ path: rectangle(-192 + index * 15.8, -196, 8, 18), tone: tones.ink }))
  const front = rectangle(-230, -420, 460, 224)
  return [
    { path: rectangle(0, 0, 1600, 1000), tone: tones.plum },
    ...hatch(random, { clip: rectangle(0, 0, 1600, 760), left: 0, top: 0, width: 1600, height: 760, tone: { rose: 1, ink: 0.25 }, spacing: 34, length: 240, sparse: 0.25, weight: 0.2, degrees: 90 }),
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
    { path: polygon([[300, 600], [1300, 600], [1560, 1010], [40, 1010]]), tone: { ash: 0.5 }, overprint: true, fade: { from: [0, 600], to: [0, 1000], fromShare: 0.2, toShare: 0 } },
    ...boards(random, { left: 0, top: 740, width: 1600, height: 270, board: 66 }, { board: tones.brown, seam: tones.ink, grain: tones.toast }),
    ...place([
      { path: rectangle(-240, -440, 480, 24), tone: tones.toast },
      { path: front, tone: tones.brown },
      ...hatch(random, { clip: front, left: -226, top: -416, width: 452, height: 214, tone: tones.toast, spacing: 15, length: 90, sparse: 0.4, weight: 0.11 }),
      { path: rectangle(-66, -344, 132, 92), tone: tones.paper },
      ...[0, 1, 2, 3].map((line): Shape => ({ path: rectangle(-54, -330 + line * 20, 108, 4), tone: tones.slate })),
      { path: rectangle(-240, -206, 480, 44), tone: tones.ink },
      ...keys,
      ...sharps,
      { path: rectangle(-220, -162, 440, 150), tone: tones.toast },
      ...hatch(random, { clip: rectangle(-220, -162, 440, 150), left: -216, top: -158, width: 432, height: 142, tone: tones.brown, spacing: 15, length: 90, sparse: 0.3, weight: 0.12 }),
      { path: rectangle(-232, -162, 28, 170), tone: tones.brown },
      { path: rectangle(204, -162, 28, 170), tone: tones.brown },
      { path: rectangle(-196, -458, 20, 20), tone: tones.ochre },
      { path: gouge([-186, -458], [-186, -496], 6), tone: tones.ochre },
      { path: rectangle(-94, -74, 188, 26), tone: tones.brick },
      { path: rectangle(-78, -50, 14, 80), tone: tones.ink },
      { path: rectangle(64, -50, 14, 80), tone: tones.ink },
    ], { x: 800, y: 920, scale: 1.06 }),
  ]
}

/** Lanterns and flags over the mill yard at dusk: what's on. */
export function lanternYard(random: Random): Shape[] {
  const lantern = (x: number, y: number, tone: Tone): Shape[] => [
    { path: rectangle(x - 1.5, y - 60, 3, 30), tone: tones.ink },
    { path: ellipse(x, y, 62, 62), tone: { ochre: 0.35 }, overprint: true },
    { path: ellipse(x, y, 34, 38), tone },
    ...[-16, 0, 16].map((offset): Shape => ({ path: gouge([x + offset, y - 34], [x + offset, y + 34], 1.6, offset * 0.7), tone: tones.cream })),
    { path: rectangle(x - 15, y - 42, 30, 8), tone: tones.ink },
  ]
  const strings: Shape[] = []
  for (const [fromX, fromY, toX, toY, sag] of [[-20, 200, 860, 150, 150], [760, 130, 1640, 230, 150], [-20, 380, 1640, 330, 190]] as const) {
    strings.push({ path: `M${fromX} ${fromY}Q${(fromX + toX) / 2} ${(fromY + toY) / 2 + sag * 2} ${toX} ${toY}`, tone: tones.ink, strokeWidth: 3 })
    for (let share = 0.1; share < 0.95; share += 0.16) {
      const x = fromX + (toX - fromX) * share
      const y = fromY + (toY - fromY) * share + 4 * sag * share * (1 - share) + 62
      strings.push(...lantern(x, y, random.pick([tones.ochre, tones.crust, tones.wheat, tones.brick])))
    }
  }
  return [
    backdrop(wide, { ink: 0.7, rose: 0.75 }, 0.42),
    ...stars(random, { top: 20, bottom: 260, tone: tones.cream }, 34),
    ...hill(random, wide, { y: 470, rise: 60, tone: { ink: 0.6, sage: 0.7 }, marks: tones.dusk, swells: 1.4, spacing: 20 }),
    ...place(mill(random, { lit: 0.7, bays: 10, floors: 4, wall: { ash: 0.8, ink: 0.55, rose: 0.3 }, roof: tones.ink, pane: tones.night, light: tones.ochre }), { x: 360, y: 800, scale: 1.35 }),
    ...setts(random, { left: -20, top: 796, width: 1640, height: 220, row: 40, growth: 1.9 }, [tones.dusk, { ink: 0.7, ash: 0.5 }, { ink: 0.66, rose: 0.5, ochre: 0.2 }]),
    { path: rectangle(-10, 796, 1620, 220), tone: { ochre: 0.5 }, overprint: true, fade: { from: [0, 796], to: [0, 1000], fromShare: 0.8, toShare: 0 } },
    ...strings,
    ...bunting(random, { from: [-10, 640], to: [330, 590], sag: 50, size: 40, tones: [tones.brick, tones.ochre, tones.sage, tones.petal] }),
    ...bunting(random, { from: [1270, 590], to: [1620, 640], sag: 50, size: 40, tones: [tones.brick, tones.ochre, tones.sage, tones.petal] }),
    ...[180, 430, 1180, 1440].flatMap((x) => place([{ path: ellipse(0, -92, 120, 22), tone: tones.cream }, { path: rectangle(-7, -92, 14, 92), tone: tones.ink }, { path: ellipse(0, 0, 54, 10), tone: tones.ink }, { path: ellipse(-30, -104, 16, 13), tone: tones.brick }, { path: ellipse(24, -106, 13, 15), tone: tones.sage }], { x, y: 950 })),
  ]
}
