/**
 * Draws the pictures of the demo, all of them or those whose path contains a given word:
 * `node packages/local/demo/pictures/draw.ts [word …]`. The result is committed.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { avatars } from './avatars.ts'
import { scenes } from './catalogue.ts'
import { wide } from './landscape.ts'
import { printWithin } from './print.ts'
import { bakeryPictures } from './products/bakery.ts'
import { square } from './products/still-life.ts'
import { wholefoodPictures } from './products/wholefoods.ts'
import { createRandom } from './random.ts'
import type { Random } from './random.ts'
import type { Shape } from './shape.ts'

interface Picture {
  /** Path below the demo folder, without `.webp`. */
  readonly path: string
  readonly width: number
  readonly height: number
  readonly maximumBytes: number
  readonly draw: (random: Random) => Shape[]
}

const pictures: readonly Picture[] = [
  ...scenes.map(({ path, draw }) => ({
    path: `blog/content/images/${path}`,
    ...wide,
    maximumBytes: 59_900,
    draw,
  })),
  ...Object.entries({ ...bakeryPictures, ...wholefoodPictures }).map(([slug, draw]) => ({
    path: `market/images/${slug}`,
    ...square,
    maximumBytes: 17_900,
    draw,
  })),
  ...avatars.map(({ path, draw }) => ({
    path,
    width: 240,
    height: 240,
    maximumBytes: 6_000,
    draw,
  })),
]

const words = process.argv.slice(2)
for (const picture of pictures) {
  const { path, draw } = picture
  if (words.length > 0 && !words.some((word) => path.includes(word))) continue
  const shapes = draw(createRandom(path))
  const printed = await printWithin({ ...picture, shapes, seed: path, grain: 0.5 })
  const file = join(import.meta.dirname, '..', `${path}.webp`)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, printed.data)
  console.log(`${path} ${printed.data.length} bytes, quality ${printed.quality}`)
}
