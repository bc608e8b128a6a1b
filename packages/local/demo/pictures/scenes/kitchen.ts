import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { stars } from '../landscape.ts'
import { boards, check, hatch, setts } from '../marks.ts'
import type { Random } from '../random.ts'
import { clipped, ellipse, gouge, place, polygon, rectangle, smooth } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { terrace } from '../things/buildings.ts'
import { bloomer, board, boule, breadKnife, slice, tinLoaf, traybakeSquare } from '../things/bread.ts'
import { leaf, wheat } from '../things/plants.ts'
import { carrot, leek, onion } from '../things/produce.ts'
import { hangingLamp, millWindow, shelf, wall } from '../things/rooms.ts'
import { bowl, jar, mug, paperBag, steam, teapot } from '../things/vessels.ts'

function table(random: Random, top: number, tone: Tone = tones.wheat): Shape[] {
  return boards(random, { left: 0, top, width: 1600, height: 1000 - top, board: 92 }, { board: tone, seam: tones.toast, grain: tones.crust })
}

/** A jar of starter that has climbed past its band, by the window. */
export function starter(random: Random): Shape[] {
  const bubbles = Array.from({ length: 60 }, (): Shape => ({ path: ellipse(random.between(-136, 136), random.between(-330, -20), random.between(4, 15), random.between(3, 12)), tone: tones.paper }))
  return [
    ...wall(random, { width: 1600, floorY: 760, tone: tones.petal, marks: tones.blush }),
    ...millWindow({ x: 1010, y: 90, width: 420, height: 560, view: [{ path: rectangle(1000, 40, 460, 640), tone: tones.blush }, { path: rectangle(1000, 430, 460, 300), tone: tones.leaf }, ...hatch(random, { clip: rectangle(1000, 440, 460, 280), left: 1000, top: 440, width: 460, height: 280, tone: tones.mist, spacing: 20, length: 60 })] }),
    ...shelf(random, { x: 60, y: 350, width: 460 }),
    ...place(paperBag(random, { width: 120, height: 170, tone: tones.cream, label: tones.brick }), { x: 150, y: 350 }),
    ...place(jar(random, { width: 96, height: 140, filling: tones.ochre, bits: tones.crust, lid: tones.slate }), { x: 300, y: 350 }),
    ...place(jar(random, { width: 96, height: 112, filling: tones.cream, bits: tones.wheat, lid: tones.brick }), { x: 420, y: 350 }),
    ...table(random, 740),
    { path: ellipse(620, 872, 250, 28), tone: tones.toast, overprint: true },
    ...place([...jar(random, { width: 300, height: 440, filling: tones.cream, level: 0.78 }), ...clipped(rectangle(-146, -340, 292, 336), bubbles), { path: rectangle(-151, -190, 302, 22), tone: tones.brick }, { path: smooth([[-158, -430], [-120, -476], [0, -490], [120, -476], [158, -430], [120, -418], [0, -412], [-120, -418]], true), tone: tones.slate }, { path: rectangle(-152, -424, 304, 9), tone: tones.brick }], { x: 620, y: 870 }),
    ...place([{ path: ellipse(0, 0, 52, 30), tone: tones.toast }, { path: ellipse(4, -3, 38, 20), tone: tones.cream }, { path: gouge([40, 6], [330, 70], 11), tone: tones.toast }], { x: 860, y: 880 }),
    ...place(bowl(random, 280, tones.slate, tones.cream), { x: 1280, y: 900 }),
    ...place(wheat(random, 330), { x: 240, y: 930, degrees: 62 }),
    ...place(wheat(random, 350), { x: 220, y: 910, degrees: 72 }),
    ...place(wheat(random, 320), { x: 260, y: 950, degrees: 54 }),
  ]
}

/** The Mill Loaf on its board, cut. */
export function loafCut(random: Random): Shape[] {
  const wheats = Array.from({ length: 34 }, (_, index) => place(wheat(random, random.between(320, 470), random.pick([tones.ochre, tones.wheat, tones.crust])), { x: 20 + index * 48, y: 700 })).flat()
  return [
    { path: rectangle(0, 0, 1600, 1000), tone: tones.blush },
    ...wheats,
    ...table(random, 680, tones.stone),
    { path: ellipse(800, 872, 560, 34), tone: tones.brown, overprint: true },
    ...place(board(random, 980), { x: 760, y: 870 }),
    ...place(boule(random), { x: 660, y: 858, scale: 2.5 }),
    ...place(slice(random), { x: 1050, y: 862, scale: 1.75, degrees: 7 }),
    ...place(slice(random), { x: 1150, y: 866, scale: 1.75, degrees: 15 }),
    ...place(breadKnife(560), { x: 560, y: 944, degrees: 3 }),
    ...Array.from({ length: 60 }, (): Shape => ({ path: ellipse(random.between(880, 1400), random.between(886, 960), random.between(2, 5), random.between(1.5, 3)), tone: random.pick([tones.crust, tones.toast, tones.cream]) })),
  ]
}

/** Three in the morning: the oven open, loaves on the peel, the moon at the window. */
export function nightBake(random: Random): Shape[] {
  const ovenMouth = 'M330 640L330 420Q600 210 870 420L870 640Z'
  const view: Shape[] = [
    { path: rectangle(1090, 0, 460, 560), tone: tones.night },
    ...stars(random, { top: 90, bottom: 330, left: 1110, right: 1440, tone: tones.cream }, 34),
    { path: ellipse(1330, 190, 48), tone: tones.cream },
    { path: ellipse(1308, 180, 44), tone: tones.night },
    ...place(terrace(random, { count: 5, lit: 0.1, wall: tones.dusk, roof: tones.ink }), { x: 1080, y: 500 }),
  ]
  return [
    { path: rectangle(0, 0, 1600, 1000), tone: tones.dusk },
    ...setts(random, { left: 0, top: 0, width: 1010, height: 720, row: 46 }, [tones.plum, { rose: 1, ink: 0.36 }, { rose: 0.9, ochre: 0.3, ink: 0.4 }]),
    { path: ovenMouth, tone: tones.ink, strokeWidth: 60 },
    { path: ovenMouth, tone: tones.ochre },
    ...clipped(ovenMouth, [{ path: rectangle(330, 560, 540, 90), tone: tones.brick }, ...hatch(random, { clip: ovenMouth, left: 330, top: 240, width: 540, height: 330, tone: tones.cream, spacing: 24, length: 46, sparse: 0.3, weight: 0.16, degrees: 90 }), ...place(boule(random), { x: 450, y: 618, scale: 0.8 }), ...place(boule(random), { x: 610, y: 606, scale: 0.76 }), ...place(boule(random), { x: 765, y: 618, scale: 0.8 })]),
    { path: polygon([[330, 640], [870, 640], [1240, 1010], [-40, 1010]]), tone: tones.ochre, overprint: true, fade: { from: [0, 640], to: [0, 1000], fromShare: 0.8, toShare: 0.1 } },
    ...millWindow({ x: 1120, y: 80, width: 330, height: 440, frame: tones.slate, view }),
    ...hangingLamp(random, { x: 1000, y: 150, size: 66, tone: tones.slate }),
    ...boards(random, { left: 0, top: 790, width: 1600, height: 220, board: 76 }, { board: tones.brown, seam: tones.ink, grain: tones.toast }),
    { path: gouge([600, 826], [1560, 966], 16), tone: tones.wheat },
    { path: smooth([[240, 742], [560, 750], [640, 818], [560, 872], [230, 850], [180, 796]], true), tone: tones.wheat },
    ...place(boule(random, tones.crust), { x: 400, y: 836, scale: 1.15 }),
    ...place(tinLoaf(random), { x: 1130, y: 830, scale: 0.9 }),
    ...place(bloomer(random), { x: 1420, y: 828, scale: 0.9 }),
  ]
}

/** Parkin cut in squares, the tin, and a bonfire far off outside. */
export function parkin(random: Random): Shape[] {
  const view: Shape[] = [
    { path: rectangle(900, 0, 560, 560), tone: tones.night },
    ...stars(random, { top: 80, bottom: 300, left: 960, right: 1420, tone: tones.cream }, 22),
    { path: rectangle(900, 410, 560, 200), tone: tones.ink },
    ...Array.from({ length: 26 }, (): Shape => ({ path: gouge([1180 + random.between(-46, 46), 430], [1180 + random.between(-16, 16), 430 - random.between(50, 150)], 11), tone: random.pick([tones.ochre, tones.crust, tones.brick, tones.cream]) })),
    ...Array.from({ length: 40 }, (): Shape => ({ path: ellipse(1180 + random.between(-120, 120), random.between(110, 330), random.between(1.6, 4)), tone: tones.ochre })),
  ]
  const squares: Shape[] = []
  for (const [x, y] of [[470, 750], [640, 772], [810, 794], [390, 806], [560, 830], [730, 852], [560, 706]] as const) {
    squares.push(...place(traybakeSquare(random, tones.toast, tones.brown, tones.crust), { x, y, scale: 1.2 }))
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
    ...place(jar(random, { width: 150, height: 200, filling: tones.brown, lid: tones.ochre, label: tones.brick }), { x: 170, y: 760 }),
  ]
}

/** A pot of soup, leeks and carrots beside it. */
export function soup(random: Random): Shape[] {
  const pot = 'M-260 -250L-246 -40Q-230 0 -180 0L180 0Q230 0 246 -40L260 -250Z'
  return [
    ...wall(random, { width: 1600, floorY: 740, tone: tones.cream, marks: tones.paper }),
    ...shelf(random, { x: 1030, y: 300, width: 480 }),
    ...[0, 1, 2, 3].flatMap((index) => place(jar(random, { width: 96, height: 120 + (index % 2) * 30, filling: [tones.crust, tones.lime, tones.wheat, tones.plum][index] ?? tones.wheat, bits: tones.paper, lid: tones.slate }), { x: 1100 + index * 112, y: 300 })),
    ...table(random, 720, tones.petal),
    { path: ellipse(760, 900, 330, 30), tone: tones.plum, overprint: true },
    ...place([{ path: smooth([[-258, -190], [-330, -200], [-330, -130], [-254, -130]]), tone: tones.ink, strokeWidth: 17 }, { path: smooth([[258, -190], [330, -200], [330, -130], [254, -130]]), tone: tones.ink, strokeWidth: 17 }, { path: pot, tone: tones.brick }, ...hatch(random, { clip: pot, left: -250, top: -230, width: 500, height: 220, tone: tones.petal, spacing: 22, length: 90, sparse: 0.45, weight: 0.09 }), { path: ellipse(0, -250, 262, 54), tone: tones.ink }, { path: ellipse(0, -246, 240, 44), tone: tones.lime }, ...Array.from({ length: 26 }, (): Shape => ({ path: ellipse(random.between(-190, 190), -246 + random.between(-26, 26), random.between(6, 15), random.between(3, 7)), tone: random.pick([tones.cream, tones.crust, tones.pine]) })), { path: gouge([80, -250], [240, -520], 12), tone: tones.toast }], { x: 760, y: 900 }),
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
    ...hatch(random, { clip: rectangle(-250, y - 84, 500, 84), left: -250, top: y - 84, width: 500, height: 84, tone: tones.cream, spacing: 17, length: 22, sparse: 0.5, weight: 0.1 }),
  ]
  const slips = Array.from({ length: 9 }, (_, index) => {
    const paperSlip: Shape[] = [{ path: rectangle(-64, -40, 128, 80), tone: tones.paper }, { path: rectangle(-48, -24, 96, 6), tone: tones.slate }, { path: rectangle(-48, -8, 72, 6), tone: tones.slate }, { path: rectangle(-48, 8, 84, 6), tone: tones.slate }, ...(index === 4 ? [] : [{ path: smooth([[24, 18], [38, 32], [62, -6]]), tone: tones.brick, strokeWidth: 7 }])]
    return place(paperSlip, { x: 120 + (index % 5) * 340 + (index > 4 ? 170 : 0), y: index > 4 ? 940 : 800 + (index % 2) * 60, degrees: random.between(-24, 24) })
  }).flat()
  return [
    ...wall(random, { width: 1600, floorY: 720, tone: tones.leaf, marks: tones.mist }),
    ...table(random, 700, tones.cream),
    ...slips,
    { path: ellipse(800, 860, 250, 26), tone: tones.toast, overprint: true },
    ...place([{ path: polygon([[-40, -130], [40, -130], [100, 0], [-100, 0]]), tone: tones.ash }, { path: ellipse(0, 0, 120, 20), tone: tones.ash }, { path: ellipse(0, -130, 360, 46), tone: tones.paper }, { path: ellipse(0, -126, 360, 44), tone: tones.ash, strokeWidth: 7 }, ...layer(-140, tones.crust), { path: rectangle(-252, -246, 504, 24), tone: tones.brick }, ...layer(-244, tones.crust), { path: smooth([[-262, -318], [-240, -366], [0, -384], [240, -366], [262, -318], [232, -290], [190, -326], [140, -280], [90, -328], [20, -286], [-40, -328], [-100, -278], [-160, -328], [-220, -288]], true), tone: tones.paper }, ...Array.from({ length: 9 }, (_, index): Shape[] => place([{ path: ellipse(0, 0, 21), tone: tones.rose }, ...place(leaf(24, 8, tones.pine), { x: 0, y: -20, degrees: -40 })], { x: -196 + index * 49, y: -368 - Math.sin((index / 8) * Math.PI) * 22 })).flat()], { x: 800, y: 860 }),
    ...hangingLamp(random, { x: 800, y: 120, size: 90, tone: tones.brick, light: tones.cream, throwY: 700 }),
  ]
}
