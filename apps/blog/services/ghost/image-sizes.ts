import { mkdir, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp, { type Sharp, type SharpOptions } from 'sharp'
import { imageWidths, sizedPath } from '../documents/image-paths.ts'

export interface ImageFacts {
  /** Pixels, as it is shown: after the camera's turning. */
  readonly width: number
  readonly height: number
}

const pixelLimit = 120_000_000
export const timeLimitSeconds = 60

/** Reads the head of the file only. Throws when it is no picture. */
export async function measureImage(file: string): Promise<ImageFacts> {
  const { autoOrient } = await openImage(file, { limitInputPixels: pixelLimit }).metadata()
  const { width, height } = autoOrient
  if (!width || !height) throw new Error('it has no size')
  return { width, height }
}

/**
 * A WebP of 16 pixels' width as a data URL, shown until the picture is there. Takes as long as showing the picture,
 * since every pixel counts for a copy as small as this; throws when it is not whole.
 */
export async function makePlaceholder(file: string): Promise<string> {
  const small = await openImage(file, readOptions)
    .resize(16, null, { fastShrinkOnLoad: false })
    .timeout({ seconds: timeLimitSeconds })
    .autoOrient()
    .webp({ quality: 40 })
    .toBuffer()
  return `data:image/webp;base64,${small.toString('base64')}`
}

/** Bounded in memory, and strict: half a picture is none. */
export const readOptions = { limitInputPixels: pixelLimit, failOn: 'error' } as const

/** Makes the copies that are smaller than the original and are not there yet. Throws as `makePlaceholder`. */
export async function makeSizes(
  mediaFolder: string,
  path: string,
  { width }: Pick<ImageFacts, 'width'>,
): Promise<void> {
  const source = join(mediaFolder, path)
  for (const size of imageWidths.filter((other) => other < width)) {
    const target = join(mediaFolder, sizedPath(path, size))
    if (await isFile(target)) continue
    await mkdir(dirname(target), { recursive: true })
    const unfinished = `${target}.${process.pid}.part`
    const image = openImage(source, { ...readOptions, animated: true })
    const { format } = await image.metadata()
    await image
      .autoOrient()
      .resize({ width: size })
      // WebP's own default takes half as long again, for files that are 4 % smaller.
      .toFormat(format === 'heif' ? 'avif' : format, format === 'webp' ? { effort: 2 } : {})
      .timeout({ seconds: timeLimitSeconds })
      .toFile(unfinished)
    await rename(unfinished, target)
  }
}

/** sharp remembers what it has read by its path, and another picture may lie there now. */
function openImage(file: string, options: SharpOptions): Sharp {
  sharp.cache(false)
  return sharp(file, options)
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}
