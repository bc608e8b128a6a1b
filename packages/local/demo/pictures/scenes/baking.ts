import { tones } from '../ink.ts'
import { stars } from '../landscape.ts'
import { boards, hatch, setts } from '../marks.ts'
import type { Random } from '../random.ts'
import { clipped, ellipse, gouge, place, points, polygon, rectangle, smooth } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { bloomer, board, boule, breadKnife, slice, tinLoaf } from '../things/bread.ts'
import { terrace } from '../things/buildings.ts'
import { wheat } from '../things/plants.ts'
import { hangingLamp, millWindow, shelf, wall } from '../things/rooms.ts'
import { paperBag } from '../things/sacks.ts'
import { bowl } from '../things/tableware.ts'
import { jar } from '../things/vessels.ts'
import { table } from './kitchen.ts'

/** A jar of starter that has climbed past its band, by the window. */
export function starter(random: Random): Shape[] {
  const bubbles = Array.from({ length: 60 }, (): Shape => ({
    path: ellipse(
      random.between(-136, 136),
      random.between(-330, -20),
      random.between(4, 15),
      random.between(3, 12),
    ),
    tone: tones.paper,
  }))
  return [
    ...wall(random, { width: 1600, floorY: 760, tone: tones.petal, marks: tones.blush }),
    ...millWindow({
      x: 1010,
      y: 90,
      width: 420,
      height: 560,
      view: [
        { path: rectangle(1000, 40, 460, 640), tone: tones.blush },
        { path: rectangle(1000, 430, 460, 300), tone: tones.leaf },
        ...hatch(random, {
          clip: rectangle(1000, 440, 460, 280),
          left: 1000,
          top: 440,
          width: 460,
          height: 280,
          tone: tones.mist,
          spacing: 20,
          length: 60,
        }),
      ],
    }),
    ...shelf(random, { x: 60, y: 350, width: 460 }),
    ...place(paperBag(random, { width: 120, height: 170, tone: tones.cream, label: tones.brick }), {
      x: 150,
      y: 350,
    }),
    ...place(
      jar(random, {
        width: 96,
        height: 140,
        filling: tones.ochre,
        bits: tones.crust,
        lid: tones.slate,
      }),
      { x: 300, y: 350 },
    ),
    ...place(
      jar(random, {
        width: 96,
        height: 112,
        filling: tones.cream,
        bits: tones.wheat,
        lid: tones.brick,
      }),
      { x: 420, y: 350 },
    ),
    ...table(random, 740),
    { path: ellipse(620, 872, 250, 28), tone: tones.toast, overprint: true },
    ...place(
      [
        ...jar(random, { width: 300, height: 440, filling: tones.cream, level: 0.78 }),
        ...clipped(rectangle(-146, -340, 292, 336), bubbles),
        { path: rectangle(-151, -190, 302, 22), tone: tones.brick },
        {
          path: smooth(
            points('-158,-430 -120,-476 0,-490 120,-476 158,-430 120,-418 0,-412 -120,-418'),
            true,
          ),
          tone: tones.slate,
        },
        { path: rectangle(-152, -424, 304, 9), tone: tones.brick },
      ],
      { x: 620, y: 870 },
    ),
    ...place(
      [
        { path: ellipse(0, 0, 52, 30), tone: tones.toast },
        { path: ellipse(4, -3, 38, 20), tone: tones.cream },
        { path: gouge([40, 6], [330, 70], 11), tone: tones.toast },
      ],
      { x: 860, y: 880 },
    ),
    ...place(bowl(random, 280, { tone: tones.slate, filling: tones.cream }), { x: 1280, y: 900 }),
    ...place(wheat(random, 330), { x: 240, y: 930, degrees: 62 }),
    ...place(wheat(random, 350), { x: 220, y: 910, degrees: 72 }),
    ...place(wheat(random, 320), { x: 260, y: 950, degrees: 54 }),
  ]
}

/** The Mill Loaf on its board, cut. */
export function loafCut(random: Random): Shape[] {
  const wheats = Array.from({ length: 34 }, (_, index) =>
    place(
      wheat(random, random.between(320, 470), random.pick([tones.ochre, tones.wheat, tones.crust])),
      { x: 20 + index * 48, y: 700 },
    ),
  ).flat()
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
    ...Array.from({ length: 60 }, (): Shape => ({
      path: ellipse(
        random.between(880, 1400),
        random.between(886, 960),
        random.between(2, 5),
        random.between(1.5, 3),
      ),
      tone: random.pick([tones.crust, tones.toast, tones.cream]),
    })),
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
    ...place(terrace(random, { count: 5, lit: 0.1, wall: tones.dusk, roof: tones.ink }), {
      x: 1080,
      y: 500,
    }),
  ]
  return [
    { path: rectangle(0, 0, 1600, 1000), tone: tones.dusk },
    ...setts(random, { left: 0, top: 0, width: 1010, height: 720, row: 46 }, [
      tones.plum,
      { rose: 1, ink: 0.36 },
      { rose: 0.9, ochre: 0.3, ink: 0.4 },
    ]),
    { path: ovenMouth, tone: tones.ink, strokeWidth: 60 },
    { path: ovenMouth, tone: tones.ochre },
    ...clipped(ovenMouth, [
      { path: rectangle(330, 560, 540, 90), tone: tones.brick },
      ...hatch(random, {
        clip: ovenMouth,
        left: 330,
        top: 240,
        width: 540,
        height: 330,
        tone: tones.cream,
        spacing: 24,
        length: 46,
        sparse: 0.3,
        weight: 0.16,
        degrees: 90,
      }),
      ...place(boule(random), { x: 450, y: 618, scale: 0.8 }),
      ...place(boule(random), { x: 610, y: 606, scale: 0.76 }),
      ...place(boule(random), { x: 765, y: 618, scale: 0.8 }),
    ]),
    {
      path: polygon(points('330,640 870,640 1240,1010 -40,1010')),
      tone: tones.ochre,
      overprint: true,
      fade: { from: [0, 640], to: [0, 1000], fromShare: 0.8, toShare: 0.1 },
    },
    ...millWindow({ x: 1120, y: 80, width: 330, height: 440, frame: tones.slate, view }),
    ...hangingLamp(random, { x: 1000, y: 150, size: 66, tone: tones.slate }),
    ...boards(
      random,
      { left: 0, top: 790, width: 1600, height: 220, board: 76 },
      { board: tones.brown, seam: tones.ink, grain: tones.toast },
    ),
    { path: gouge([600, 826], [1560, 966], 16), tone: tones.wheat },
    {
      path: smooth(points('240,742 560,750 640,818 560,872 230,850 180,796'), true),
      tone: tones.wheat,
    },
    ...place(boule(random, tones.crust), { x: 400, y: 836, scale: 1.15 }),
    ...place(tinLoaf(random), { x: 1130, y: 830, scale: 0.9 }),
    ...place(bloomer(random), { x: 1420, y: 828, scale: 0.9 }),
  ]
}
