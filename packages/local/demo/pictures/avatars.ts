import { tones } from './ink.ts'
import type { Tone } from './ink.ts'
import { stars } from './landscape.ts'
import { hatch } from './marks.ts'
import type { Random } from './random.ts'
import { ellipse, gouge, place, points, polygon, rectangle } from './shape.ts'
import type { Shape } from './shape.ts'
import { boule } from './things/bread.ts'
import { mill } from './things/buildings.ts'
import { apple } from './things/fruit.ts'
import { reel, wheel } from './things/machines.ts'
import { willowherb } from './things/plants.ts'
import { kale, leek } from './things/produce.ts'
import { mug, steam } from './things/tableware.ts'
import { tool } from './things/tools.ts'

/** An emblem for an author or an account, 240 by 240, made to be shown round. */
export interface Avatar {
  /** Path below the demo folder, without `.webp`. The seed, too. */
  readonly path: string
  readonly draw: (random: Random) => Shape[]
}

function ground(random: Random, tone: Tone, marks: Tone): Shape[] {
  const clip = rectangle(0, 0, 240, 240)
  return [
    { path: clip, tone },
    ...hatch(random, {
      clip,
      left: 0,
      top: 0,
      width: 240,
      height: 240,
      tone: marks,
      spacing: 24,
      length: 12,
      sparse: 0.5,
      weight: 0.08,
      degrees: 28,
    }),
  ]
}

const authors = 'blog/content/images/2025/09'

export const avatars: readonly Avatar[] = [
  {
    path: `${authors}/author-bakery`,
    draw: (random) => [
      ...ground(random, tones.petal, tones.blush),
      ...place(boule(random), { x: 120, y: 172, scale: 0.78 }),
    ],
  },
  {
    path: `${authors}/author-market-garden`,
    draw: (random) => [
      ...ground(random, tones.cream, tones.wheat),
      ...place(kale(random, 150), { x: 82, y: 206, degrees: -14 }),
      ...place(leek(random, 190), { x: 136, y: 212, degrees: 8 }),
    ],
  },
  {
    path: `${authors}/author-projection-room`,
    draw: (random) => [
      { path: rectangle(0, 0, 240, 240), tone: tones.night },
      {
        path: polygon(points('120,120 260,40 260,200')),
        tone: tones.wheat,
      },
      ...place(reel(66, tones.brick), { x: 104, y: 122 }),
      ...stars(random, { top: 16, bottom: 60, left: 20, right: 150, tone: tones.cream }, 9),
    ],
  },
  {
    path: `${authors}/author-members-office`,
    draw: (random) => [
      ...ground(random, tones.leaf, tones.mist),
      ...place(mug(96, tones.brick), { x: 112, y: 188 }),
      ...place(steam(random, 76), { x: 112, y: 90 }),
    ],
  },
  {
    path: `${authors}/author-workshop`,
    draw: (random) => [
      ...ground(random, tones.wheat, tones.cream),
      ...place(wheel(84, tones.ink, 16), { x: 120, y: 120 }),
      ...place(tool('spanner', tones.brick, tones.brick), {
        x: 66,
        y: 50,
        degrees: -38,
        scale: 0.86,
      }),
    ],
  },
  {
    path: 'accounts/images/editor',
    draw: (random) => [
      ...ground(random, tones.blush, tones.paper),
      ...place(mill(random, { bays: 5, floors: 4, lit: 0.3 }), { x: 18, y: 206, scale: 0.5 }),
      { path: gouge([60, 216], [196, 120], 7), tone: tones.ochre },
      { path: gouge([52, 222], [66, 212], 4), tone: tones.ink },
    ],
  },
  {
    path: 'accounts/images/member',
    draw: (random) => [
      ...ground(random, tones.mist, tones.paper),
      ...place(willowherb(random, 226), { x: 118, y: 246 }),
      ...place(willowherb(random, 170), { x: 58, y: 250 }),
      ...place(willowherb(random, 180), { x: 182, y: 252 }),
    ],
  },
  {
    path: 'accounts/images/saturday',
    draw: (random) => [
      ...ground(random, tones.sage, tones.leaf),
      ...place(apple(random, 62, { tone: tones.rose, cheek: tones.brick }), { x: 120, y: 136 }),
      { path: ellipse(120, 214, 66, 7), tone: tones.pine, overprint: true },
    ],
  },
]
