import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { hatch } from '../marks.ts'
import type { Random } from '../random.ts'
import {
  clipped,
  ellipse,
  gouge,
  place,
  points,
  polygon,
  polyline,
  rectangle,
  roundedBox,
  smooth,
} from '../shape.ts'
import type { Point, Shape } from '../shape.ts'

/** A spoked wheel about its centre. */
export function wheel(radius: number, tone: Tone = tones.ink, spokes = 18): Shape[] {
  const shapes: Shape[] = []
  for (let index = 0; index < spokes; index += 1) {
    const angle = (index / spokes) * Math.PI * 2
    const twist = index % 2 === 0 ? 0.5 : -0.5
    const hub: Point = [
      Math.cos(angle + twist) * radius * 0.09,
      Math.sin(angle + twist) * radius * 0.09,
    ]
    const rim: Point = [Math.cos(angle) * radius * 0.94, Math.sin(angle) * radius * 0.94]
    shapes.push({
      path: polyline([hub, rim]),
      tone: tones.ash,
      strokeWidth: Math.max(radius * 0.014, 1.4),
    })
  }
  shapes.push(
    { path: ellipse(0, 0, radius * 0.9), tone: tones.ash, strokeWidth: radius * 0.045 },
    { path: ellipse(0, 0, radius * 0.98), tone, strokeWidth: radius * 0.075 },
    { path: ellipse(0, 0, radius * 0.1), tone },
    { path: ellipse(0, 0, radius * 0.045), tone: tones.paper },
  )
  return shapes
}

/** A cargo bicycle, box in front (right), wheels on y = 0. About 640 wide. */
export function cargoBike(
  random: Random,
  { frame, box, load }: { frame: Tone; box: Tone; load: readonly Shape[] },
): Shape[] {
  const tube = (points: readonly Point[], width = 11): Shape => ({
    path: polyline(points),
    tone: frame,
    strokeWidth: width,
  })
  const boxPath = polygon(points('40,-190 262,-190 244,-66 58,-66'))
  return [
    ...place(wheel(92), { x: -230, y: -92 }),
    ...place(wheel(62, tones.ink, 14), { x: 318, y: -62 }),
    ...load,
    tube(points('-230,-92 -104,-96 -150,-238 -230,-92')),
    tube(points('-104,-96 10,-222 -142,-214')),
    tube(points('10,-222 40,-66 268,-56 318,-62')),
    tube(points('10,-222 -2,-276 -44,-290'), 9),
    { path: gouge([-66, -292], [-30, -286], 8), tone: tones.ink },
    tube(points('-150,-238 -158,-270'), 9),
    {
      path: smooth(points('-206,-282 -160,-290 -112,-278 -150,-266 -196,-266'), true),
      tone: tones.brown,
    },
    { path: ellipse(-104, -96, 27), tone: tones.ink, strokeWidth: 6 },
    {
      path: polyline(points('-104,-96 -84,-52')),
      tone: tones.ink,
      strokeWidth: 7,
    },
    { path: rectangle(-102, -54, 36, 9), tone: tones.ink },
    {
      path: polyline(points('-228,-112 -104,-122')),
      tone: tones.ink,
      strokeWidth: 2.6,
    },
    {
      path: polyline(points('-228,-72 -104,-70')),
      tone: tones.ink,
      strokeWidth: 2.6,
    },
    { path: boxPath, tone: box },
    ...hatch(random, {
      clip: boxPath,
      left: 44,
      top: -186,
      width: 216,
      height: 118,
      tone: tones.crust,
      spacing: 13,
      length: 100,
      sparse: 0.4,
      weight: 0.1,
    }),
    { path: rectangle(34, -200, 234, 15), tone: tones.toast },
    { path: ellipse(36, -232, 12), tone: tones.ochre },
  ]
}

/** A film projector facing left, its foot at the origin. */
export function projector(random: Random): Shape[] {
  const body = roundedBox(-120, -300, 210, 190, 16)
  return [
    {
      path: polygon(points('-80,-110 -40,-110 -90,0 -120,0')),
      tone: tones.ink,
    },
    {
      path: polygon(points('30,-110 70,-110 110,0 80,0')),
      tone: tones.ink,
    },
    ...place(reel(112), { x: 60, y: -408 }),
    ...place(reel(112), { x: 120, y: -190 }),
    { path: body, tone: tones.slate },
    ...hatch(random, {
      clip: body,
      left: -116,
      top: -296,
      width: 200,
      height: 180,
      tone: tones.ash,
      spacing: 15,
      length: 50,
      sparse: 0.5,
      weight: 0.1,
    }),
    { path: rectangle(-196, -246, 84, 58), tone: tones.ink },
    { path: rectangle(-214, -238, 22, 42), tone: tones.brick },
    { path: ellipse(-54, -250, 26), tone: tones.ink },
    { path: ellipse(-54, -250, 15), tone: tones.ochre },
    { path: ellipse(20, -160, 17), tone: tones.brick },
    { path: ellipse(20, -250, 11), tone: tones.cream },
    { path: rectangle(-96, -196, 64, 8), tone: tones.cream },
    { path: rectangle(-96, -176, 44, 8), tone: tones.cream },
  ]
}

/** A film reel about its centre. */
export function reel(radius: number, tone: Tone = tones.ink): Shape[] {
  const holes = [0, 1, 2, 3, 4].map((index): Shape => {
    const angle = (index / 5) * Math.PI * 2 + 0.4
    return {
      path: ellipse(
        Math.cos(angle) * radius * 0.56,
        Math.sin(angle) * radius * 0.56,
        radius * 0.23,
      ),
      tone: tones.ash,
    }
  })
  return [
    { path: ellipse(0, 0, radius), tone },
    ...holes,
    { path: ellipse(0, 0, radius * 0.92), tone: tones.ash, strokeWidth: radius * 0.025 },
    { path: ellipse(0, 0, radius * 0.12), tone: tones.ochre },
  ]
}

/** Scales with two pans; `tip` in degrees, positive lowers the right pan. About 460 wide. */
export function scales(tip = 0, tone: Tone = tones.slate): Shape[] {
  const turn = (tip * Math.PI) / 180
  const end = (side: number): Point => [
    side * Math.cos(turn) * 190,
    -330 + side * Math.sin(turn) * 190,
  ]
  const pans = [-1, 1].flatMap((side): Shape[] => {
    const [x, y] = end(side)
    return [
      {
        path: polyline([
          [x - 74, y + 130],
          [x, y],
          [x + 74, y + 130],
        ]),
        tone: tones.toast,
        strokeWidth: 3,
      },
      { path: `M${x - 92} ${y + 128}Q${x} ${y + 186} ${x + 92} ${y + 128}Z`, tone: tones.ochre },
    ]
  })
  return [
    {
      path: polygon(points('-100,0 -70,-26 70,-26 100,0')),
      tone,
    },
    { path: rectangle(-12, -340, 24, 320), tone },
    ...pans,
    { path: gouge(end(-1), end(1), 11), tone },
    { path: ellipse(0, -338, 20), tone: tones.ochre },
  ]
}

/** An Archimedes screw lying level in its trough, about its middle. */
export function waterScrew(length: number, radius: number): Shape[] {
  const pitch = length / 6
  const body = rectangle(-length / 2, -radius, length, radius * 2)
  const blade = (x: number, lean: number): string =>
    `M${x} ${-radius}C${x + lean * 0.1} ${-radius * 0.2} ${x + lean * 0.9} ${radius * 0.2} ${x + lean} ${radius}`
  const starts = Array.from({ length: 8 }, (_, index) => -length / 2 + (index - 1) * pitch)
  const far = starts.map((x): Shape => ({
    path: blade(x + pitch * 0.62, -pitch * 0.62),
    tone: tones.ink,
    strokeWidth: radius * 0.12,
  }))
  const near = starts.flatMap((x): Shape[] => [
    { path: blade(x + 8, pitch * 0.62), tone: tones.ink, strokeWidth: radius * 0.3 },
    { path: blade(x, pitch * 0.62), tone: tones.brick, strokeWidth: radius * 0.26 },
    { path: blade(x - radius * 0.06, pitch * 0.62), tone: tones.petal, strokeWidth: radius * 0.03 },
  ])
  return [
    { path: body, tone: tones.pine },
    ...clipped(body, [
      ...far,
      { path: rectangle(-length / 2, -radius * 0.3, length, radius * 0.6), tone: tones.slate },
      ...near,
    ]),
    { path: rectangle(-length / 2 - 70, -radius * 0.2, 74, radius * 0.4), tone: tones.ash },
    { path: rectangle(length / 2 - 4, -radius * 0.2, 74, radius * 0.4), tone: tones.ash },
    { path: rectangle(-length / 2 - 8, -radius * 1.06, 16, radius * 2.12), tone: tones.ink },
    { path: rectangle(length / 2 - 8, -radius * 1.06, 16, radius * 2.12), tone: tones.ink },
  ]
}
