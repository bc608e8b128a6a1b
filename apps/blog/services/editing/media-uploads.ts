import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { MediaStore } from '../ghost/store-media.ts'
import type { PictureQueue } from './picture-queue.ts'
import type { StoredUpload, Upload } from './store-upload.ts'
import { uploadRules } from './upload-kinds.ts'

export interface MediaUploads {
  /** A free place for a file while it comes in. */
  newPlace(): string
  /** Throws WrongKindError. The file may be removed afterwards. */
  store(upload: Upload): Promise<StoredUpload>
}

/** One picture at a time is worked on in a process: each may take a core and a lot of memory. */
export function createMediaUploads(store: MediaStore, pictures: PictureQueue): MediaUploads {
  let turn: Promise<unknown> = Promise.resolve()
  return {
    newPlace: () => join(store.mediaFolder, '.incoming', randomUUID()),
    async store(upload) {
      // Loaded when the first file comes: a process that only shows pages needs no image library.
      const { storeUpload } = await import('./store-upload.ts')
      if (uploadRules[upload.kind].folder !== 'images') return storeUpload(store, upload)
      const stored = turn.then(() => storeUpload(store, upload))
      turn = stored.catch(() => undefined)
      const done = await stored
      await pictures.enqueue(done.url)
      return done
    },
  }
}
