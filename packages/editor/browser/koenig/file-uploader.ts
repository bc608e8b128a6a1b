/// <reference lib="dom" />
import { useCallback, useState } from 'react'
import type { EditorAdapters, UploadedFile, UploadKind } from '../adapters.ts'

const images = {
  mimeTypes: ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif'],
  extensions: ['jpg', 'jpeg', 'png', 'gif', 'webp', 'avif'],
}

/** What the file choosers offer; what a file is, the server finds out by its content. */
const fileTypes = {
  image: images,
  mediaThumbnail: images,
  video: {
    mimeTypes: ['video/mp4', 'video/webm', 'video/ogg'],
    extensions: ['mp4', 'webm', 'ogv'],
  },
  audio: {
    mimeTypes: ['audio/mp3', 'audio/mpeg', 'audio/ogg', 'audio/wav', 'audio/x-wav', 'audio/mp4'],
    extensions: ['mp3', 'wav', 'ogg', 'm4a'],
  },
  file: { mimeTypes: [], extensions: [] },
}

interface Upload {
  readonly progress: number
  readonly isLoading: boolean
  readonly errors: readonly { readonly message: string; readonly fileName?: string }[]
  readonly filesNumber: number
  upload(files: FileList | readonly File[]): Promise<readonly UploadedFile[] | null>
}

const resting = { progress: 0, isLoading: false, errors: [], filesNumber: 0 }

/** Koenig wants a React hook for each kind of file. One file after the other, as the order counts. */
export function createFileUploader(adapters: EditorAdapters): object {
  function useFileUpload(kind: UploadKind = 'image'): Upload {
    const [state, setState] = useState<Omit<Upload, 'upload'>>(resting)
    const upload = useCallback<Upload['upload']>(
      async (chosen) => {
        const files = [...chosen]
        const shared = { isLoading: true, filesNumber: files.length }
        setState({ ...resting, ...shared })
        const uploaded: UploadedFile[] = []
        const errors: { message: string; fileName: string }[] = []
        for (const [index, file] of files.entries()) {
          const onProgress = (percent: number) => {
            setState({ ...shared, errors, progress: (index * 100 + percent) / files.length })
          }
          try {
            const { url } = await adapters.upload(file, kind, onProgress)
            // Galleries find their pictures again by the name that the file came with.
            uploaded.push({ url, fileName: file.name })
          } catch (error) {
            errors.push({ message: (error as Error).message, fileName: file.name })
          }
        }
        setState({ ...shared, isLoading: false, errors, progress: 100 })
        return uploaded.length > 0 ? uploaded : null
      },
      [kind],
    )
    return { ...state, upload }
  }
  return { useFileUpload, fileTypes }
}
