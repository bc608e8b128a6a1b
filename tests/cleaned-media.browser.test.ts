/// <reference lib="dom" />
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type EditorInBrowser,
  type OpenedPage,
  startEditorInBrowser,
} from './support/editor-in-browser.ts'

const secret = 'Ada Quay +59.3-18.1/'
let editor: EditorInBrowser
let opened: OpenedPage

beforeAll(async () => {
  editor = await startEditorInBrowser()
  opened = await editor.open('/admin/posts/')
}, 60_000)
afterAll(async () => {
  await opened?.[Symbol.asyncDispose]()
  await editor?.[Symbol.asyncDispose]()
})

/** A second of a colour that changes, as a browser records it. */
function record(page: Page, type: string): Promise<number[]> {
  return page.evaluate(async (mimeType) => {
    const canvas = document.createElement('canvas')
    const context = canvas.getContext('2d')!
    let hue = 0
    const painting = setInterval(() => {
      context.fillStyle = `hsl(${(hue += 7)} 80% 50%)`
      context.fillRect(0, 0, canvas.width, canvas.height)
    }, 30)
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType })
    const parts: Blob[] = []
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
    const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve))
    recorder.start()
    await new Promise((resolve) => setTimeout(resolve, 1200))
    recorder.stop()
    await stopped
    clearInterval(painting)
    return [...new Uint8Array(await new Blob(parts).arrayBuffer())]
  }, type)
}

/** Sends it as the editor does, and plays what comes back. */
function sendAndPlay(page: Page, bytes: Buffer, { kind, name }: { kind: string; name: string }) {
  return page.evaluate(
    async (sent) => {
      const form = new FormData()
      const file = Uint8Array.from(atob(sent.bytes), (letter) => letter.charCodeAt(0))
      form.append('file', new Blob([file]), sent.name)
      const answer = await fetch(`/admin/media/?kind=${sent.kind}`, { method: 'POST', body: form })
      const { url, detail } = await answer.json()
      if (!url) throw new Error(detail)
      const element = document.createElement(sent.kind === 'video' ? 'video' : 'audio')
      element.muted = true
      element.src = url
      document.body.append(element)
      await element.play()
      await new Promise((resolve) => setTimeout(resolve, 600))
      const played = element.currentTime
      element.remove()
      const kept = new Uint8Array(await (await fetch(url)).arrayBuffer())
      return { played, kept: [...kept] }
    },
    { bytes: bytes.toString('base64'), kind, name },
  )
}

function part(head: Buffer, text: string): Buffer {
  return Buffer.concat([head, Buffer.from(text)])
}

test.each([
  [
    'video/webm;codecs=vp8',
    'film.webm',
    Buffer.from([0x12, 0x54, 0xc3, 0x67, 0x80 + secret.length]),
  ],
  [
    'video/mp4;codecs=vp9',
    'film.mp4',
    Buffer.from(`\0\0\0${String.fromCharCode(8 + secret.length)}meta`),
  ],
])('a film of %s plays without what its maker wrote', async (type, name, head) => {
  const recorded = Buffer.from(await record(opened.page, type))
  const film = Buffer.concat([recorded, part(head, secret)])
  const { played, kept } = await sendAndPlay(opened.page, film, { kind: 'video', name })
  expect(played).toBeGreaterThan(0.2)
  expect(kept).toHaveLength(film.length)
  expect(Buffer.from(kept).toString('latin1')).not.toMatch(/Ada|Chrome/)
})

test('a sound plays without its tags', async () => {
  const frame = Buffer.alloc(417)
  frame.set([0xff, 0xfb, 0x90, 0x64])
  const sound = Buffer.concat(Array.from({ length: 80 }, () => frame))
  const tag = Buffer.from(`ID3\x03\0\0\0\0\0${String.fromCharCode(secret.length)}${secret}`)
  const sent = { kind: 'audio', name: 'song.mp3' }
  const { played, kept } = await sendAndPlay(opened.page, Buffer.concat([tag, sound]), sent)
  expect(played).toBeGreaterThan(0.2)
  expect(Buffer.from(kept)).toEqual(sound)
})
