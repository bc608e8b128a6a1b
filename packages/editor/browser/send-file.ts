/// <reference lib="dom" />
import { readAnswer, RefusedError } from './ask-server.ts'

/** By XMLHttpRequest, which tells how far it is. Rejects as `askServer` does. */
export function sendFile(
  url: string,
  file: File,
  onProgress: (percent: number) => void,
): Promise<Readonly<Record<string, unknown>>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.setRequestHeader('accept', 'application/json')
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      onProgress(total > 0 ? Math.round((loaded / total) * 100) : 0)
    })
    request.addEventListener('load', () => {
      const answer = readAnswer(request.responseText)
      const isGood = request.status >= 200 && request.status < 300
      if (isGood) resolve(answer)
      else reject(new RefusedError(request.status, answer))
    })
    request.addEventListener('error', () => {
      reject(new Error('The connection broke. Please try again.'))
    })
    const form = new FormData()
    form.append('file', file, file.name)
    request.send(form)
  })
}
