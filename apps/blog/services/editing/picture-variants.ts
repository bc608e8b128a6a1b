import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { imageWidths, sizedPath } from '../documents/image-paths.ts'
import { readOptions, timeLimitSeconds } from '../ghost/image-sizes.ts'

/** Wider ones are offered in this width: turning all of a large picture into AVIF takes minutes. */
const widest = Math.max(...imageWidths)

const formats = {
  avif: (picture: Sharp) => picture.avif({ quality: 55, effort: 3 }),
  webp: (picture: Sharp) => picture.webp({ quality: 78, effort: 4 }),
} as const

/**
 * Puts an AVIF and a WebP beside a picture and beside each of its smaller copies, where that saves
 * something: `harbour.jpg.avif`. They are served in its place to browsers that take them. What is there
 * already stays, so it may be done again after it broke off.
 */
export async function makeVariants(
  mediaFolder: string,
  path: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<void> {
  const paths = [path, ...imageWidths.map((width) => sizedPath(path, width))]
  for (const source of paths) {
    const file = join(mediaFolder, source)
    if ((await sizeOf(file)) === undefined) continue
    const { width, format, pages = 1 } = await sharp(file, readOptions).metadata()
    if (width > widest) continue
    for (const variant of ['avif', 'webp'] as const) {
      signal?.throwIfAborted()
      const isItself = format === (variant === 'avif' ? 'heif' : 'webp')
      // Films belong into a film's format; an animated AVIF is one.
      const isMoving = pages > 1
      if (!isItself && !(isMoving && variant === 'avif')) await makeVariant(file, variant, isMoving)
    }
  }
}

async function makeVariant(file: string, variant: 'avif' | 'webp', isMoving: boolean) {
  const target = `${file}.${variant}`
  if ((await sizeOf(target)) !== undefined) return
  const unfinished = `${target}.${process.pid}.part`
  try {
    const picture = sharp(file, { ...readOptions, animated: isMoving })
    await formats[variant](picture).timeout({ seconds: timeLimitSeconds }).toFile(unfinished)
    const [before = 0, after = 0] = await Promise.all([sizeOf(file), sizeOf(unfinished)])
    if (after < before) await rename(unfinished, target)
  } finally {
    await rm(unfinished, { force: true })
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    (found) => (found.isFile() ? found.size : undefined),
    () => undefined,
  )
}
