import { tones } from '../ink.ts'
import type { Random } from '../random.ts'
import { ellipse, place, points, rectangle, smooth } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { bloomer, boule, bun, slice, tinLoaf, traybakeSquare } from '../things/bread.ts'
import { paperBag } from '../things/sacks.ts'
import { jar } from '../things/vessels.ts'
import { crackers, focaccia, knot, stottie, tart } from './bakes.ts'
import { footY, settings, shadow, standing, stillLife } from './still-life.ts'

type Draw = (random: Random) => Shape[]

/** Pictures of the bakery's products by slug. */
export const bakeryPictures: Readonly<Record<string, Draw>> = {
  'mill-loaf': (random) => stillLife(random, settings.blush, standing(boule(random), 2.3, 560)),
  'dark-rye': (random) =>
    stillLife(random, settings.cream, [
      ...standing(boule(random, tones.brown, tones.wheat), 2, 500),
      ...place(slice(random, tones.toast, tones.brown), {
        x: 640,
        y: 650,
        scale: 1.25,
        degrees: 8,
      }),
    ]),
  'seeded-tin': (random) =>
    stillLife(random, settings.leaf, [
      ...standing(tinLoaf(random), 2, 520),
      ...seeds(random, { x: 400, y: 330, width: 420, height: 70 }, 120),
    ]),
  'porridge-loaf': (random) =>
    stillLife(random, settings.petal, [
      ...standing(tinLoaf(random, tones.ochre, tones.crust), 1.8, 470),
      ...place(slice(random), { x: 620, y: 655, scale: 1.4, degrees: 6 }),
      ...flakes(random, 40),
    ]),
  'white-bloomer': (random) => stillLife(random, settings.mist, standing(bloomer(random), 2, 590)),
  stotties: (random) =>
    stillLife(random, settings.cream, [
      ...shadow(480),
      ...place(stottie(random), { x: 400, y: footY }),
      ...place(stottie(random), { x: 412, y: footY - 92 }),
    ]),
  breadcakes: (random) =>
    stillLife(random, settings.haze, [
      ...shadow(580),
      ...[260, 400, 540].flatMap((x) => place(bun(random), { x, y: footY - 76, scale: 1.5 })),
      ...[190, 400, 610].flatMap((x) => place(bun(random), { x, y: footY + 12, scale: 1.65 })),
    ]),
  'rosemary-focaccia': (random) => stillLife(random, settings.mist, focaccia(random)),
  parkin: (random) =>
    stillLife(random, settings.petal, [
      ...shadow(500),
      ...points('300,590 480,610 330,660 520,684 410,540').flatMap(([x, y]) =>
        place(
          traybakeSquare(random, { top: tones.toast, side: tones.brown, crumbs: tones.crust }),
          {
            x: x ?? 0,
            y: y ?? 0,
            scale: 1.35,
          },
        ),
      ),
    ]),
  flapjack: (random) =>
    stillLife(random, settings.leaf, [
      ...shadow(460),
      ...points('400,655 404,560 396,465 402,370').flatMap(([x, y]) =>
        place(
          traybakeSquare(random, { top: tones.ochre, side: tones.crust, crumbs: tones.cream }),
          {
            x: x ?? 0,
            y: y ?? 0,
            scale: 1.9,
          },
        ),
      ),
    ]),
  'curd-tart': (random) => stillLife(random, settings.blush, tart(random)),
  'cardamom-knot': (random) => stillLife(random, settings.leaf, knot(random)),
  teacakes: (random) =>
    stillLife(random, settings.mist, [
      ...shadow(420),
      ...[0, 1, 2].flatMap((index) => [
        ...place(bun(random, tones.crust, tones.wheat), {
          x: 400 + (index % 2) * 10,
          y: footY - index * 112,
          scale: 2.5,
        }),
        ...currants(random, footY - index * 112),
      ]),
    ]),
  'starter-jar': (random) =>
    stillLife(
      random,
      settings.petal,
      standing(
        [
          ...jar(random, {
            width: 150,
            height: 190,
            filling: tones.cream,
            bits: tones.paper,
            bitSize: 9,
            level: 0.7,
          }),
          { path: rectangle(-76, -82, 152, 10), tone: tones.brick },
          {
            path: smooth(points('-84,-186 -60,-212 0,-220 60,-212 84,-186 0,-176'), true),
            tone: tones.slate,
          },
        ],
        2.2,
        360,
      ),
    ),
  'strong-white-flour': (random) =>
    stillLife(
      random,
      settings.blush,
      standing(
        paperBag(random, {
          width: 170,
          height: 230,
          tone: tones.cream,
          label: tones.brick,
          fold: tones.wheat,
        }),
        1.9,
        340,
      ),
    ),
  'rye-crackers': (random) => stillLife(random, settings.haze, crackers(random)),
}

function seeds(
  random: Random,
  area: { x: number; y: number; width: number; height: number },
  count: number,
): Shape[] {
  return Array.from({ length: count }, () =>
    place(
      [
        {
          path: ellipse(0, 0, 6.5, 3.4),
          tone: random.pick([tones.cream, tones.brown, tones.wheat]),
        },
      ],
      {
        x: area.x + random.between(-0.5, 0.5) * area.width,
        y: area.y + random.between(-0.5, 0.5) * area.height,
        degrees: random.between(0, 180),
      },
    ),
  ).flat()
}

function flakes(random: Random, count: number): Shape[] {
  return Array.from({ length: count }, (): Shape => ({
    path: ellipse(
      random.between(120, 700),
      random.between(650, 730),
      random.between(5, 9),
      random.between(3, 5),
    ),
    tone: random.pick([tones.cream, tones.wheat]),
  }))
}

function currants(random: Random, y: number): Shape[] {
  return Array.from({ length: 12 }, (): Shape => ({
    path: ellipse(400 + random.between(-110, 110), y - random.between(30, 120), 8, 6),
    tone: tones.brown,
  }))
}
