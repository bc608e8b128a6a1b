import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { hatch } from '../marks.ts'
import type { Random } from '../random.ts'
import { ellipse, gouge, place, polygon, rectangle } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { apple, beetroot, carrot, kale, leek, onion, potato } from '../things/produce.ts'
import { bottle, candle, crate, jar, label, paperBag, roundedBox } from '../things/vessels.ts'
import { footY, settings, shadow, standing, stillLife } from './still-life.ts'

type Draw = (random: Random) => Shape[]

/** Pictures of the shop's products by slug. */
export const wholefoodPictures: Readonly<Record<string, Draw>> = {
  potatoes: (random) =>
    stillLife(random, settings.leaf, [
      ...shadow(560, 400, 640),
      ...[[270, 590], [400, 600], [530, 590], [330, 510], [470, 510], [400, 430]].flatMap(([x, y]) => place(potato(random, 84), { x: x ?? 0, y: y ?? 0, degrees: random.between(-30, 30) })),
    ]),
  carrots: (random) =>
    stillLife(random, settings.mist, [
      ...[-24, -11, 2, 15, 27].flatMap((degrees, index) => place(carrot(random, 350), { x: 390 + (index - 2) * 14, y: 300, degrees: -degrees })),
      ...place([{ path: rectangle(-62, -14, 124, 28), tone: tones.brick }, { path: gouge([-54, 0], [54, 0], 2.4), tone: tones.petal }], { x: 392, y: 292 }),
    ]),
  leeks: (random) =>
    stillLife(random, settings.blush, [...shadow(300), ...[-13, 0, 13].flatMap((degrees) => place(leek(random, 500), { x: 400 + degrees * 4, y: footY + 20, degrees })), { path: rectangle(310, 520, 180, 20), tone: tones.brick }]),
  kale: (random) =>
    stillLife(random, settings.petal, [...shadow(240), ...[-58, 56, -34, 31, -10, 12].flatMap((degrees, index) => place(kale(random, 310 - index * 5, index % 2 === 0 ? tones.pine : tones.moss), { x: 400, y: footY, degrees })), { path: rectangle(350, 574, 100, 20), tone: tones.brick }]),
  beetroot: (random) =>
    stillLife(random, settings.cream, [...[280, 520, 400].flatMap((x, index) => place(beetroot(random, 190), { x, y: 438 + (index % 2) * 10 + index * 14, degrees: (x - 400) * 0.06 }))]),
  'veg-box-small': (random) => stillLife(random, settings.mist, box(random, false)),
  'veg-box-large': (random) => stillLife(random, settings.cream, box(random, true)),
  'rolled-oats': (random) => stillLife(random, settings.petal, bagOf(random, tones.cream, tones.wheat)),
  'red-lentils': (random) => stillLife(random, settings.mist, jarOf(random, tones.brick, tones.crust, 7)),
  chickpeas: (random) => stillLife(random, settings.leaf, jarOf(random, tones.wheat, tones.ochre, 13)),
  'brown-rice': (random) => stillLife(random, settings.blush, jarOf(random, tones.crust, tones.wheat, 7)),
  'carlin-peas': (random) => stillLife(random, settings.cream, jarOf(random, tones.brown, tones.plum, 12)),
  'peanut-butter': (random) => stillLife(random, settings.leaf, preserve(random, tones.crust, tones.brick, tones.toast)),
  honey: (random) => stillLife(random, settings.mist, preserve(random, tones.ochre, tones.slate)),
  'courgette-chutney': (random) => stillLife(random, settings.petal, preserve(random, tones.moss, tones.ochre, tones.lime)),
  'apple-juice': (random) =>
    stillLife(random, settings.leaf, [...standing(bottle(random, { width: 130, height: 340, glass: tones.ochre, cap: tones.slate, label: tones.brick }), 1.45, 240), ...place(apple(random, 62, tones.rose, tones.brick), { x: 590, y: 576 })]),
  'rapeseed-oil': (random) =>
    stillLife(random, settings.haze, standing(bottle(random, { width: 120, height: 350, glass: { ochre: 1, sage: 0.2 }, cap: tones.pine, label: tones.pine }), 1.45, 230)),
  eggs: (random) => stillLife(random, settings.blush, eggBox(random)),
  'dale-cheese': (random) => stillLife(random, settings.leaf, cheese(random)),
  coffee: (random) =>
    stillLife(random, settings.haze, [...standing(paperBag(random, { width: 170, height: 240, tone: tones.brown, label: tones.ochre, fold: tones.ink }), 1.8, 330), ...beans(random)]),
  'dark-chocolate': (random) => stillLife(random, settings.petal, chocolate(random)),
  'salted-peanuts': (random) => stillLife(random, settings.mist, bagOf(random, tones.wheat, tones.crust)),
  'olive-soap': (random) => stillLife(random, settings.blush, soap(random)),
  'washing-up-liquid': (random) =>
    stillLife(random, settings.cream, standing([...place(pump(), { x: 0, y: -300 }), ...bottle(random, { width: 170, height: 330, glass: tones.leaf, cap: tones.slate, label: tones.sage })], 1.3, 290)),
  'beeswax-candle': (random) =>
    stillLife(random, { wall: tones.dusk, marks: { ink: 0.5, rose: 0.42 }, table: tones.plum }, [...glow(), ...shadow(330), ...place(candle(110, 300, tones.ochre), { x: 340, y: footY }), ...place(candle(110, 210, tones.wheat), { x: 490, y: footY + 22 })]),
}

function jarOf(random: Random, filling: Tone, bits: Tone, bitSize: number): Shape[] {
  return standing(jar(random, { width: 190, height: 250, filling, bits, bitSize, lid: tones.slate, label: tones.brick }), 1.65, 360)
}

function preserve(random: Random, filling: Tone, lid: Tone, bits?: Tone): Shape[] {
  const request = { width: 170, height: 190, filling, level: 0.93, lid, label: tones.brick }
  return standing(jar(random, bits === undefined ? request : { ...request, bits, bitSize: 9 }), 1.95, 380)
}

function bagOf(random: Random, tone: Tone, content: Tone): Shape[] {
  const grains = Array.from({ length: 60 }, (): Shape => ({ path: ellipse(random.between(140, 660), random.between(640, 720), random.between(6, 11), random.between(4, 6)), tone: content }))
  return [...standing(paperBag(random, { width: 170, height: 230, tone, label: tones.pine, fold: tones.wheat }), 1.9, 340), ...grains]
}

function beans(random: Random): Shape[] {
  return Array.from({ length: 26 }, () => place([{ path: ellipse(0, 0, 15, 10), tone: tones.brown }, { path: gouge([-12, 0], [12, 0], 2.2, 2), tone: tones.wheat }], { x: random.between(120, 690), y: random.between(650, 730), degrees: random.between(0, 180) })).flat()
}

function box(random: Random, isLarge: boolean): Shape[] {
  const width = isLarge ? 500 : 410
  const left = 400 - width / 2
  const leeks = [0.16, 0.26, 0.36].flatMap((share, index) => place(leek(random, isLarge ? 430 : 360), { x: left + width * share, y: 560, degrees: -10 + index * 7 }))
  const greens = (isLarge ? [0.58, 0.72, 0.86] : [0.62, 0.8]).flatMap((share, index) => place(kale(random, isLarge ? 290 : 240), { x: left + width * share, y: 520, degrees: -6 + index * 11 }))
  const roots = [0.14, 0.3, 0.44, 0.56, 0.7].flatMap((share) => place(potato(random, 44), { x: left + width * share, y: 430 }))
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

function eggBox(random: Random): Shape[] {
  const eggs = [0, 1, 2].flatMap((index): Shape[] => {
    const egg = ellipse(264 + index * 136, 470, 54, 70)
    const tone = [tones.cream, tones.petal, tones.wheat][index] ?? tones.cream
    return [{ path: egg, tone }, ...hatch(random, { clip: egg, left: 290 + index * 136, top: 410, width: 40, height: 110, tone: tones.crust, spacing: 11, length: 10, sparse: 0.5, weight: 0.14, degrees: 80 })]
  })
  const front = 'M176 500Q196 470 230 500Q264 530 300 500Q332 470 366 500Q400 530 436 500Q468 470 502 500Q536 530 570 500Q604 470 624 500L600 640L200 640Z'
  return [
    ...shadow(480, 400, 640),
    { path: polygon([[186, 500], [206, 330], [594, 330], [614, 500]]), tone: tones.slate },
    ...eggs,
    { path: front, tone: tones.ash },
    ...hatch(random, { clip: front, left: 180, top: 490, width: 440, height: 150, tone: tones.haze, spacing: 17, length: 24, sparse: 0.4, weight: 0.12, degrees: 84 }),
    ...label(random, { x: 400, y: 588, width: 150, height: 80, tone: tones.brick }),
  ]
}

function cheese(random: Random): Shape[] {
  const top = 'M150 560L470 400L650 440L640 470Z'
  return [
    ...shadow(560, 400, 618),
    { path: 'M150 560L640 470L640 616L150 616Z', tone: tones.cream },
    { path: top, tone: tones.ochre },
    { path: 'M640 470L650 440L664 586L640 616Z', tone: tones.crust },
    ...hatch(random, { clip: 'M150 560L640 470L640 616L150 616Z', left: 150, top: 470, width: 490, height: 146, tone: tones.wheat, spacing: 14, length: 30, sparse: 0.45, weight: 0.16, degrees: -8 }),
    ...hatch(random, { clip: top, left: 150, top: 400, width: 500, height: 160, tone: tones.crust, spacing: 12, length: 40, sparse: 0.5, weight: 0.13, degrees: -22 }),
  ]
}

function chocolate(random: Random): Shape[] {
  const squares = Array.from({ length: 12 }, (_, index): Shape[] => {
    const [x, y] = [-144 + (index % 3) * 96, -196 + Math.floor(index / 3) * 76]
    return [{ path: roundedBox(x, y, 90, 70, 8), tone: tones.toast }, { path: gouge([x + 12, y + 14], [x + 66, y + 12], 3), tone: tones.crust }]
  }).flat()
  return place(
    [
      { path: rectangle(-156, -208, 312, 420), tone: tones.brown },
      ...squares,
      { path: polygon([[-176, 0], [-120, -26], [-60, 4], [0, -24], [70, 6], [130, -20], [176, 2], [176, 250], [-176, 250]]), tone: tones.ash },
      { path: rectangle(-176, 40, 352, 210), tone: tones.brick },
      ...label(random, { x: 0, y: 146, width: 200, height: 130, tone: tones.ochre }),
    ],
    { x: 400, y: 420, degrees: -9, scale: 1.15 },
  )
}

function soap(random: Random): Shape[] {
  const bar = (x: number, y: number, tone: Tone, edge: Tone): Shape[] => {
    const top = `M${x - 150} ${y - 70}L${x - 60} ${y - 120}L${x + 170} ${y - 84}L${x + 90} ${y - 30}Z`
    return [
      { path: `M${x - 150} ${y - 70}L${x + 90} ${y - 30}L${x + 90} ${y + 50}L${x - 150} ${y + 8}Z`, tone },
      { path: `M${x + 90} ${y - 30}L${x + 170} ${y - 84}L${x + 170} ${y - 8}L${x + 90} ${y + 50}Z`, tone: edge },
      { path: top, tone },
      ...hatch(random, { clip: top, left: x - 150, top: y - 120, width: 320, height: 90, tone: tones.paper, spacing: 15, length: 40, sparse: 0.4, weight: 0.12, degrees: 9 }),
      { path: `M${x - 150} ${y - 70}L${x + 90} ${y - 30}L${x + 170} ${y - 84}`, tone: tones.paper, strokeWidth: 4 },
    ]
  }
  return [...shadow(480, 400, 660), ...bar(390, 620, tones.leaf, tones.sage), ...bar(400, 500, tones.lime, tones.moss), ...bubbles(random)]
}

function bubbles(random: Random): Shape[] {
  return Array.from({ length: 16 }, (): Shape[] => {
    const [x, y, size] = [random.between(140, 660), random.between(180, 380), random.between(9, 26)]
    return [{ path: ellipse(x, y, size), tone: tones.paper, strokeWidth: 3 }, { path: ellipse(x - size * 0.3, y - size * 0.3, size * 0.2), tone: tones.paper }]
  }).flat()
}

function pump(): Shape[] {
  return [
    { path: rectangle(-9, -70, 18, 60), tone: tones.slate },
    { path: roundedBox(-70, -96, 92, 30, 8), tone: tones.slate },
    { path: rectangle(-70, -78, 14, 30), tone: tones.slate },
    { path: rectangle(-34, -36, 68, 30), tone: tones.slate },
  ]
}

function glow(): Shape[] {
  return [300, 220, 140].map((radius): Shape => ({ path: ellipse(400, 330, radius), tone: { ochre: 0.2 + (300 - radius) / 600 }, overprint: true }))
}
