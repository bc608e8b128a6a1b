import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import type { Random } from '../random.ts'
import { ellipse, gouge, place, points, rectangle } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { apple } from '../things/fruit.ts'
import { kale, leek } from '../things/produce.ts'
import { beetroot, carrot, onion, potato } from '../things/roots.ts'
import { crate, paperBag } from '../things/sacks.ts'
import { candle } from '../things/tableware.ts'
import { bottle, jar } from '../things/vessels.ts'
import { cheese, chocolate, eggBox, glow, pump, soap } from './packed.ts'
import { footY, settings, shadow, standing, stillLife } from './still-life.ts'

type Draw = (random: Random) => Shape[]

/** Pictures of the shop's products by slug. */
export const wholefoodPictures: Readonly<Record<string, Draw>> = {
  potatoes: (random) =>
    stillLife(random, settings.leaf, [
      ...shadow(560, 400, 640),
      ...points('270,590 400,600 530,590 330,510 470,510 400,430').flatMap(([x, y]) =>
        place(potato(random, 84), { x: x ?? 0, y: y ?? 0, degrees: random.between(-30, 30) }),
      ),
    ]),
  carrots: (random) =>
    stillLife(random, settings.mist, [
      ...[-24, -11, 2, 15, 27].flatMap((degrees, index) =>
        place(carrot(random, 350), { x: 390 + (index - 2) * 14, y: 300, degrees: -degrees }),
      ),
      ...place(
        [
          { path: rectangle(-62, -14, 124, 28), tone: tones.brick },
          { path: gouge([-54, 0], [54, 0], 2.4), tone: tones.petal },
        ],
        { x: 392, y: 292 },
      ),
    ]),
  leeks: (random) =>
    stillLife(random, settings.blush, [
      ...shadow(300),
      ...[-13, 0, 13].flatMap((degrees) =>
        place(leek(random, 500), { x: 400 + degrees * 4, y: footY + 20, degrees }),
      ),
      { path: rectangle(310, 520, 180, 20), tone: tones.brick },
    ]),
  kale: (random) =>
    stillLife(random, settings.petal, [
      ...shadow(240),
      ...[-58, 56, -34, 31, -10, 12].flatMap((degrees, index) =>
        place(kale(random, 310 - index * 5, index % 2 === 0 ? tones.pine : tones.moss), {
          x: 400,
          y: footY,
          degrees,
        }),
      ),
      { path: rectangle(350, 574, 100, 20), tone: tones.brick },
    ]),
  beetroot: (random) =>
    stillLife(
      random,
      settings.cream,
      [280, 520, 400].flatMap((x, index) =>
        place(beetroot(random, 190), {
          x,
          y: 438 + (index % 2) * 10 + index * 14,
          degrees: (x - 400) * 0.06,
        }),
      ),
    ),
  'veg-box-small': (random) => stillLife(random, settings.mist, box(random, false)),
  'veg-box-large': (random) => stillLife(random, settings.cream, box(random, true)),
  'rolled-oats': (random) =>
    stillLife(random, settings.petal, bagOf(random, tones.cream, tones.wheat)),
  'red-lentils': (random) =>
    stillLife(random, settings.mist, jarOf(random, tones.brick, { bits: tones.crust, bitSize: 7 })),
  chickpeas: (random) =>
    stillLife(
      random,
      settings.leaf,
      jarOf(random, tones.wheat, { bits: tones.ochre, bitSize: 13 }),
    ),
  'brown-rice': (random) =>
    stillLife(
      random,
      settings.blush,
      jarOf(random, tones.crust, { bits: tones.wheat, bitSize: 7 }),
    ),
  'carlin-peas': (random) =>
    stillLife(
      random,
      settings.cream,
      jarOf(random, tones.brown, { bits: tones.plum, bitSize: 12 }),
    ),
  'peanut-butter': (random) =>
    stillLife(
      random,
      settings.leaf,
      preserve(random, tones.crust, { lid: tones.brick, bits: tones.toast, bitSize: 9 }),
    ),
  honey: (random) =>
    stillLife(random, settings.mist, preserve(random, tones.ochre, { lid: tones.slate })),
  'courgette-chutney': (random) =>
    stillLife(
      random,
      settings.petal,
      preserve(random, tones.moss, { lid: tones.ochre, bits: tones.lime, bitSize: 9 }),
    ),
  'apple-juice': (random) =>
    stillLife(random, settings.leaf, [
      ...standing(
        bottle(random, {
          width: 130,
          height: 340,
          glass: tones.ochre,
          cap: tones.slate,
          label: tones.brick,
        }),
        1.45,
        240,
      ),
      ...place(apple(random, 62, { tone: tones.rose, cheek: tones.brick }), { x: 590, y: 576 }),
    ]),
  'rapeseed-oil': (random) =>
    stillLife(
      random,
      settings.haze,
      standing(
        bottle(random, {
          width: 120,
          height: 350,
          glass: { ochre: 1, sage: 0.2 },
          cap: tones.pine,
          label: tones.pine,
        }),
        1.45,
        230,
      ),
    ),
  eggs: (random) => stillLife(random, settings.blush, eggBox(random)),
  'dale-cheese': (random) => stillLife(random, settings.leaf, cheese(random)),
  coffee: (random) =>
    stillLife(random, settings.haze, [
      ...standing(
        paperBag(random, {
          width: 170,
          height: 240,
          tone: tones.brown,
          label: tones.ochre,
          fold: tones.ink,
        }),
        1.8,
        330,
      ),
      ...beans(random),
    ]),
  'dark-chocolate': (random) => stillLife(random, settings.petal, chocolate(random)),
  'salted-peanuts': (random) =>
    stillLife(random, settings.mist, bagOf(random, tones.wheat, tones.crust)),
  'olive-soap': (random) => stillLife(random, settings.blush, soap(random)),
  'washing-up-liquid': (random) =>
    stillLife(
      random,
      settings.cream,
      standing(
        [
          ...place(pump(), { x: 0, y: -300 }),
          ...bottle(random, {
            width: 170,
            height: 330,
            glass: tones.leaf,
            cap: tones.slate,
            label: tones.sage,
          }),
        ],
        1.3,
        290,
      ),
    ),
  'beeswax-candle': (random) =>
    stillLife(random, { wall: tones.dusk, marks: { ink: 0.5, rose: 0.42 }, table: tones.plum }, [
      ...glow(),
      ...shadow(330),
      ...place(candle(110, 300, tones.ochre), { x: 340, y: footY }),
      ...place(candle(110, 210, tones.wheat), { x: 490, y: footY + 22 }),
    ]),
}

function jarOf(random: Random, filling: Tone, contents: { bits: Tone; bitSize: number }): Shape[] {
  const look = { width: 190, height: 250, lid: tones.slate, label: tones.brick }
  return standing(jar(random, { ...look, filling, ...contents }), 1.65, 360)
}

function preserve(
  random: Random,
  filling: Tone,
  contents: { lid: Tone; bits?: Tone; bitSize?: number },
): Shape[] {
  const look = { width: 170, height: 190, level: 0.93, label: tones.brick }
  return standing(jar(random, { ...look, filling, ...contents }), 1.95, 380)
}

function bagOf(random: Random, tone: Tone, content: Tone): Shape[] {
  const grains = Array.from({ length: 60 }, (): Shape => ({
    path: ellipse(
      random.between(140, 660),
      random.between(640, 720),
      random.between(6, 11),
      random.between(4, 6),
    ),
    tone: content,
  }))
  return [
    ...standing(
      paperBag(random, { width: 170, height: 230, tone, label: tones.pine, fold: tones.wheat }),
      1.9,
      340,
    ),
    ...grains,
  ]
}

function beans(random: Random): Shape[] {
  return Array.from({ length: 26 }, () =>
    place(
      [
        { path: ellipse(0, 0, 15, 10), tone: tones.brown },
        { path: gouge([-12, 0], [12, 0], 2.2, 2), tone: tones.wheat },
      ],
      { x: random.between(120, 690), y: random.between(650, 730), degrees: random.between(0, 180) },
    ),
  ).flat()
}

function box(random: Random, isLarge: boolean): Shape[] {
  const width = isLarge ? 500 : 410
  const left = 400 - width / 2
  const leeks = [0.16, 0.26, 0.36].flatMap((share, index) =>
    place(leek(random, isLarge ? 430 : 360), {
      x: left + width * share,
      y: 560,
      degrees: -10 + index * 7,
    }),
  )
  const greens = (isLarge ? [0.58, 0.72, 0.86] : [0.62, 0.8]).flatMap((share, index) =>
    place(kale(random, isLarge ? 290 : 240), {
      x: left + width * share,
      y: 520,
      degrees: -6 + index * 11,
    }),
  )
  const roots = [0.14, 0.3, 0.44, 0.56, 0.7].flatMap((share) =>
    place(potato(random, 44, { ochre: 0.75, rose: 0.3 }), { x: left + width * share, y: 430 }),
  )
  return [
    ...shadow(width + 60, 400, 640),
    ...leeks,
    ...greens,
    ...(isLarge ? place(carrot(random, 150), { x: 420, y: 380, degrees: 176 }) : []),
    ...place(beetroot(random, 90), { x: 470, y: 380 }),
    ...roots,
    ...place(onion(random, 54), { x: left + width * 0.86, y: 470 }),
    ...place(crate(random, width, isLarge ? 200 : 170), { x: 400, y: 640 }),
  ]
}
