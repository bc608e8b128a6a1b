import { tones } from '../ink.ts'
import { hatch } from '../marks.ts'
import type { Random } from '../random.ts'
import { ellipse, gouge, place, points, roundedBox, smooth } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { leaf } from '../things/plants.ts'
import { settings, shadow } from './still-life.ts'

/** A flat round loaf, 430 wide, foot at the origin. */
export function stottie(random: Random): Shape[] {
  const outline = smooth(
    points('-214,-44 -180,-96 0,-112 180,-96 214,-44 170,-4 0,4 -170,-4'),
    true,
  )
  return [
    { path: outline, tone: tones.wheat },
    ...hatch(random, {
      clip: outline,
      left: -210,
      top: -50,
      width: 420,
      height: 56,
      tone: tones.crust,
      spacing: 13,
      length: 60,
      sparse: 0.3,
      weight: 0.16,
    }),
    {
      path: smooth(points('-170,-80 -60,-108 80,-106 172,-78 60,-66 -70,-66'), true),
      tone: tones.crust,
    },
    ...hatch(random, {
      clip: outline,
      left: -150,
      top: -104,
      width: 300,
      height: 34,
      tone: tones.cream,
      spacing: 10,
      length: 16,
      sparse: 0.5,
      weight: 0.16,
    }),
  ]
}

export function focaccia(random: Random): Shape[] {
  const top = 'M150 520L330 380L700 440L560 600Z'
  const dimples = Array.from({ length: 17 }, (_, index): Shape => {
    const [along, across] = [(index % 5) / 4, Math.floor(index / 5) / 3]
    return {
      path: ellipse(
        240 + along * 300 + across * -60 + random.between(-8, 8),
        480 - along * 10 + across * 80 - 50 + random.between(-6, 6),
        16,
        9,
      ),
      tone: tones.crust,
    }
  })
  const sprigs = Array.from({ length: 13 }, () => {
    const [x, y] = [random.between(250, 600), random.between(430, 560)]
    return [-150, -110, -70, -30].flatMap((degrees) =>
      place(leaf(26, 4, { tone: tones.pine, rib: tones.pine }), { x, y, degrees }),
    )
  }).flat()
  return [
    ...shadow(560, 430, 640),
    { path: 'M150 520L560 600L560 672L150 590Z', tone: tones.crust },
    { path: 'M560 600L700 440L700 506L560 672Z', tone: tones.toast },
    { path: top, tone: tones.ochre },
    ...hatch(random, {
      clip: top,
      left: 150,
      top: 380,
      width: 550,
      height: 220,
      tone: tones.cream,
      spacing: 15,
      length: 18,
      sparse: 0.5,
      weight: 0.14,
      degrees: 10,
    }),
    ...dimples,
    ...sprigs,
    ...Array.from({ length: 46 }, (): Shape => ({
      path: ellipse(random.between(240, 610), random.between(420, 570), 3, 2.4),
      tone: tones.paper,
    })),
  ]
}

export function tart(random: Random): Shape[] {
  const edge = Array.from({ length: 15 }, (_, index): Shape => ({
    path: roundedBox(176 + index * 30, 478, 27, 120, 10),
    tone: index % 2 === 0 ? tones.crust : tones.ochre,
  }))
  const filling = ellipse(400, 488, 206, 62)
  return [
    ...shadow(500),
    { path: 'M170 490L630 490L580 616L220 616Z', tone: tones.crust },
    ...edge,
    { path: 'M150 470L180 500L226 640L150 640Z', tone: settings.blush.table },
    { path: 'M650 470L620 500L574 640L650 640Z', tone: settings.blush.table },
    { path: ellipse(400, 488, 232, 76), tone: tones.toast },
    { path: filling, tone: tones.wheat },
    ...hatch(random, {
      clip: filling,
      left: 190,
      top: 430,
      width: 420,
      height: 120,
      tone: tones.ochre,
      spacing: 14,
      length: 34,
      sparse: 0.4,
      weight: 0.16,
    }),
    ...Array.from({ length: 18 }, (): Shape => ({
      path: ellipse(400 + random.between(-160, 160), 488 + random.between(-38, 38), 9, 6),
      tone: tones.brown,
    })),
  ]
}

export function knot(random: Random): Shape[] {
  const strand = (points: readonly (readonly [number, number])[]): Shape[] => [
    { path: smooth(points), tone: tones.brown, strokeWidth: 76 },
    { path: smooth(points), tone: tones.crust, strokeWidth: 66 },
    {
      path: smooth(points.map(([x, y]) => [x - 8, y - 14] as const)),
      tone: tones.ochre,
      strokeWidth: 15,
    },
  ]
  return [
    ...shadow(470, 400, 640),
    ...strand(points('230,560 270,430 400,380 530,430 570,560')),
    ...strand(points('220,590 330,600 430,500 480,400')),
    ...strand(points('580,590 470,600 370,500 320,400')),
    ...strand(points('250,600 400,630 550,600')),
    ...Array.from({ length: 60 }, (): Shape => ({
      path: gouge([0, 0], [7, 3], 2.4),
      tone: random.pick([tones.paper, tones.cream]),
      within: [
        {
          transform: `translate(${random.between(230, 570).toFixed(1)} ${random.between(380, 620).toFixed(1)}) rotate(${random.between(0, 180).toFixed(1)})`,
        },
      ],
    })),
  ]
}

export function crackers(random: Random): Shape[] {
  const one = (x: number, y: number, degrees: number): Shape[] => {
    const outline = roundedBox(-92, -130, 184, 260, 10)
    const holes = Array.from({ length: 15 }, (_, index): Shape => ({
      path: ellipse(-56 + (index % 3) * 56, -96 + Math.floor(index / 3) * 48, 6),
      tone: tones.brown,
    }))
    return place(
      [
        { path: outline, tone: tones.toast },
        { path: outline, tone: tones.brown, strokeWidth: 7 },
        ...hatch(random, {
          clip: outline,
          left: -90,
          top: -128,
          width: 180,
          height: 256,
          tone: tones.crust,
          spacing: 17,
          length: 16,
          sparse: 0.3,
          weight: 0.2,
          degrees: 30,
        }),
        ...holes,
      ],
      { x, y, degrees },
    )
  }
  return [
    ...shadow(560, 400, 640),
    ...one(300, 500, -14),
    ...one(500, 490, 12),
    ...one(400, 520, -1),
  ]
}
