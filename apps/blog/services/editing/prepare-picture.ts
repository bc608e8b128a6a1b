import sharp from 'sharp'
import { type ImageFacts, readOptions, timeLimitSeconds } from '../ghost/image-sizes.ts'
import { WrongKindError } from './upload-kinds.ts'

/** Longest side of what is kept: more than any screen shows. */
const mostPixels = 4096

/**
 * Writes the picture anew to `target`, in its own format: turned as the camera was held, and without
 * anything else that the camera or the phone wrote into it, such as where it was taken. The same
 * picture becomes the same bytes. Throws WrongKindError when it is damaged or too large.
 */
export async function preparePicture(source: string, target: string): Promise<ImageFacts> {
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
    return { width, height: pageHeight }
  } catch (error) {
    throw new WrongKindError('That picture is damaged, or too large to be read.', { cause: error })
  }
}
