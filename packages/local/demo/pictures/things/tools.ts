import { tones } from '../ink.ts'
import type { Tone } from '../ink.ts'
import { ellipse, gouge, points, polygon, rectangle, roundedBox, smooth } from '../shape.ts'
import type { Shape } from '../shape.ts'

export type ToolKind = 'hammer' | 'spanner' | 'screwdriver' | 'saw' | 'pliers' | 'chisel'

/** A hand tool hanging down from the origin. About 200 long. */
export function tool(
  kind: ToolKind,
  handle: Tone = tones.brick,
  metal: Tone = tones.slate,
): Shape[] {
  switch (kind) {
    case 'hammer':
      return [
        { path: rectangle(-9, 20, 18, 180), tone: handle },
        { path: `M-58 -4L36 -8Q66 8 72 34L48 30Q40 18 34 24L-58 28Z`, tone: metal },
      ]
    case 'spanner':
      return [
        { path: rectangle(-10, 24, 20, 150), tone: metal },
        {
          path: `M-32 -14L-12 -14L-12 14L12 14L12 -14L32 -14Q40 24 12 38L-12 38Q-40 24 -32 -14Z`,
          tone: metal,
        },
        { path: ellipse(0, 184, 27), tone: metal },
        { path: ellipse(0, 184, 13), tone: tones.cream },
      ]
    case 'screwdriver':
      return [
        { path: roundedBox(-16, 0, 32, 92, 13), tone: handle },
        { path: gouge([-5, 8], [-5, 84], 2), tone: tones.paper },
        { path: rectangle(-5, 90, 10, 96), tone: metal },
        {
          path: polygon(points('-9,182 9,182 5,202 -5,202')),
          tone: metal,
        },
      ]
    case 'saw':
      return [
        {
          path: polygon(points('-26,60 26,60 10,290 -12,290')),
          tone: metal,
        },
        { path: `M-46 -6Q0 -26 44 0L40 70L-34 74Z`, tone: handle },
        { path: ellipse(2, 32, 19, 15), tone: tones.cream },
        ...Array.from({ length: 15 }, (_, index): Shape => ({
          path: polygon([
            [26 - index * 1.05, 66 + index * 15],
            [36 - index * 1.05, 73 + index * 15],
            [25 - index * 1.05, 80 + index * 15],
          ]),
          tone: metal,
        })),
      ]
    case 'pliers':
      return [
        {
          path: smooth(points('0,62 -26,110 -22,200')),
          tone: handle,
          strokeWidth: 17,
        },
        {
          path: smooth(points('0,62 26,110 22,200')),
          tone: handle,
          strokeWidth: 17,
        },
        {
          path: polygon(points('-24,74 -20,22 -5,-14 5,-14 20,22 24,74')),
          tone: metal,
        },
        { path: gouge([0, -12], [0, 40], 2.4), tone: tones.cream },
        { path: ellipse(0, 62, 10), tone: tones.cream },
      ]
    case 'chisel':
      return [
        { path: roundedBox(-15, 0, 30, 88, 10), tone: handle },
        { path: rectangle(-16, 0, 32, 12), tone: tones.ochre },
        {
          path: polygon(points('-8,86 8,86 17,120 17,196 -17,204 -17,120')),
          tone: metal,
        },
      ]
  }
}
