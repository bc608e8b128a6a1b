import { hasSizes, imageWidths, sizedPath } from '../documents/image-paths.ts'

/** A picture as it is known: its path here or its address elsewhere, and what `media` says of it. */
export interface KnownPicture {
  readonly path: string
  readonly alt: string | null
  /** Pixels, and a data URL; null where nothing is known. */
  readonly width: number | null
  readonly placeholder: string | null
}

/** As an `<img>` shows it. */
export interface ShownPicture {
  readonly src: string
  readonly alt: string
  /** The smaller copies and itself; null when there are none. */
  readonly srcset: string | null
  readonly blur: string | null
}

export function showPicture({ path, alt, width, placeholder }: KnownPicture): ShownPicture {
  return { src: path, alt: alt ?? '', srcset: srcsetOf(path, width), blur: placeholder }
}

function srcsetOf(path: string, width: number | null): string | null {
  const smaller = width === null ? [] : imageWidths.filter((other) => other < width)
  if (smaller.length === 0 || !hasSizes(path)) return null
  const copies = smaller.map((other) => `${encodeInSet(sizedPath(path, other))} ${other}w`)
  return [...copies, `${encodeInSet(path)} ${width}w`].join(', ')
}

/** Spaces and commas mean something there. */
function encodeInSet(path: string): string {
  return encodeURI(decodeOnce(path)).replaceAll(',', '%2C')
}

/** An address may have been written with its escapes, or without. */
function decodeOnce(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}
