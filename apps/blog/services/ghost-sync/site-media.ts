import { Readable } from 'node:stream'
import {
  type GuardedFetch,
  OutgoingError,
} from '@rose-ash/shared/infrastructure/outgoing/guarded-fetch'
import { findMissingMedia } from '../ghost/import-media.ts'
import { type MediaStore, storeMedia } from '../ghost/store-media.ts'

/** Of one file; what is larger has to come with an archive. */
const mostBytes = 200 * 1024 ** 2
const timeLimitSeconds = 120

export interface SiteMedia {
  /** Brings those of the files that are not here yet. What cannot be had is only noted. */
  bring(paths: readonly string[]): Promise<void>
  /** Files that had to be stored under another name. */
  readonly renamed: Map<string, string>
  /** Sentences, once each. */
  takeWarnings(): readonly string[]
}

export interface SiteMediaOptions {
  readonly store: MediaStore
  readonly outgoing: GuardedFetch
  /** Where the site shows its pictures, without a slash at the end. */
  readonly siteUrl: string
  readonly signal?: AbortSignal | undefined
}

/** The files of a site, each downloaded once: what lies here under the same path is not asked for again. */
export function createSiteMedia({ store, outgoing, siteUrl, signal }: SiteMediaOptions): SiteMedia {
  const renamed = new Map<string, string>()
  const tried = new Set<string>()
  const warnings: string[] = []

  async function download(path: string): Promise<void> {
    const address = `${siteUrl}${encodeURI(path)}`
    try {
      const answer = await outgoing(address, {
        mostBytes,
        timeLimitSeconds,
        ...(signal && { signal }),
      })
      if (answer.status !== 200) {
        warnings.push(`The file ${path} is not there any more (${answer.status}).`)
        return
      }
      const { body } = answer
      const stored = await storeMedia(store, {
        path,
        sizeBytes: body.length,
        open: async () => Readable.from([body]),
      })
      if (stored.path !== path) renamed.set(path, stored.path)
      warnings.push(...stored.warnings)
    } catch (error) {
      signal?.throwIfAborted()
      if (!(error instanceof OutgoingError)) throw error
      warnings.push(`The file ${path} could not be had: ${error.message}`)
    }
  }

  return {
    renamed,
    async bring(paths) {
      const fresh = paths.filter((path) => !tried.has(path) && !path.split('/').includes('..'))
      if (fresh.length === 0) return
      for (const path of fresh) tried.add(path)
      for (const path of await findMissingMedia(store, fresh)) await download(path)
    },
    takeWarnings: () => warnings.splice(0),
  }
}
