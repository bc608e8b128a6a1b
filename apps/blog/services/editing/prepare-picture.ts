import sharp from 'sharp'
import { readOptions, timeLimitSeconds } from '../ghost/image-sizes.ts'
import { WrongKindError } from './upload-kinds.ts'

export interface PreparedPicture {
  readonly width: number
  readonly height: number
  /** A WebP of 16 pixels' width as a data URL, shown until the real one is there. */
  readonly placeholder: string
}

/** Longest side of what is kept: more than any screen shows. */
const mostPixels = 4096

/**
 * Writes the picture anew to `target`, in its own format: turned as the camera was held, and without
 * anything else that the camera or the phone wrote into it, such as where it was taken. The same
 * picture becomes the same bytes. Throws WrongKindError when it is damaged or too large.
 */
export async function preparePicture(source: string, target: string): Promise<PreparedPicture> {
  try {
    const { format, pages = 1 } = await sharp(source, readOptions).metadata()
    const isMoving = pages > 1
    const picture = sharp(source, { ...readOptions, animated: isMoving })
    const upright = isMoving ? picture : picture.autoOrient()
    await upright
      .resize({ width: mostPixels, height: mostPixels, fit: 'inside', withoutEnlargement: true })
      .toFormat(format === 'heif' ? 'avif' : format, { quality: format === 'heif' ? 60 : 88 })
      .timeout({ seconds: timeLimitSeconds })
      .toFile(target)
    // An animation's `height` is that of all its pictures together.
    const {
      width,
      height,
      pageHeight = height,
    } = await sharp(target, { animated: true }).metadata()
    return { width, height: pageHeight, placeholder: await makePlaceholder(target) }
  } catch (error) {
    throw new WrongKindError('That picture is damaged, or too large to be read.', { cause: error })
  }
}

async function makePlaceholder(file: string): Promise<string> {
  const small = await sharp(file, readOptions)
    .resize({ width: 16 })
    .webp({ quality: 40 })
    .toBuffer()
  return `data:image/webp;base64,${small.toString('base64')}`
}
