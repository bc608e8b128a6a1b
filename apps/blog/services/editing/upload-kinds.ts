import { PlatformError } from '@rose-ash/shared/contracts/errors'
import type { SniffedFile } from './sniff-file.ts'

export const uploadKinds = ['image', 'video', 'audio', 'mediaThumbnail', 'file'] as const

export type UploadKind = (typeof uploadKinds)[number]

export class TooLargeError extends PlatformError {
  override name = 'TooLargeError'
  override readonly status = 413
}

export class WrongKindError extends PlatformError {
  override name = 'WrongKindError'
  override readonly status = 415
}

interface UploadRule {
  readonly mostBytes: number
  /** Below the media folder. */
  readonly folder: 'images' | 'media' | 'files'
  readonly wanted: string
  fits(file: SniffedFile): boolean
}

const picture: UploadRule = {
  mostBytes: 30_000_000,
  folder: 'images',
  wanted: 'a picture: JPEG, PNG, GIF, WebP or AVIF',
  fits: ({ kind }) => kind === 'image',
}

/** What may be put where, and how large it may be; the site's own limit counts besides. */
export const uploadRules: Readonly<Record<UploadKind, UploadRule>> = {
  image: picture,
  mediaThumbnail: picture,
  video: {
    mostBytes: 2_000_000_000,
    folder: 'media',
    wanted: 'a film: MP4, WebM or Ogg',
    fits: ({ kind }) => kind === 'video',
  },
  audio: {
    mostBytes: 500_000_000,
    folder: 'media',
    wanted: 'a sound: MP3, M4A, Ogg or WAV',
    fits: ({ kind }) => kind === 'audio',
  },
  file: { mostBytes: 500_000_000, folder: 'files', wanted: 'a file', fits: () => true },
}

/** Throws WrongKindError, which names the file and what would fit. */
export function assertKind(kind: UploadKind, sniffed: SniffedFile, fileName: string): void {
  const { fits, wanted } = uploadRules[kind]
  if (fits(sniffed)) return
  if (sniffed.kind === 'svg') {
    throw new WrongKindError(
      `${fileName} is an SVG drawing, which can hold scripts. Please save it as a PNG, or add it as a file.`,
    )
  }
  throw new WrongKindError(`${fileName} is not ${wanted}.`)
}

export function tooLarge(kind: UploadKind, siteBytes: number): TooLargeError {
  const most = Math.min(uploadRules[kind].mostBytes, siteBytes)
  return new TooLargeError(`That is too large: ${Math.floor(most / 1_000_000)} MB at most.`)
}
