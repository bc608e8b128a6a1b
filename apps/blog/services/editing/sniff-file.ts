import { open } from 'node:fs/promises'

export type SniffedKind = 'image' | 'video' | 'audio' | 'svg' | 'file'

/** What a file is by its first bytes, whatever it is called. */
export interface SniffedFile {
  readonly kind: SniffedKind
  /** Without a dot; undefined when the name has to say it. */
  readonly ending: string | undefined
}

type Test = (head: Buffer) => boolean

const begins =
  (...bytes: readonly number[]): Test =>
  (head) =>
    bytes.every((byte, index) => head[index] === byte)
const says =
  (word: string, at = 0): Test =>
  (head) =>
    head.toString('latin1', at, at + word.length) === word
const both =
  (...tests: readonly Test[]): Test =>
  (head) =>
    tests.every((test) => test(head))
/** The brand of an ISO base media file. */
const brand =
  (...names: readonly string[]): Test =>
  (head) =>
    says('ftyp', 4)(head) && names.some((name) => says(name, 8)(head))
const holds =
  (...words: readonly string[]): Test =>
  (head) => {
    const text = head.toString('latin1')
    return words.some((word) => text.includes(word))
  }

/** The first that fits is it. */
const signatures: readonly (readonly [Test, SniffedKind, string])[] = [
  [begins(0xff, 0xd8, 0xff), 'image', 'jpg'],
  [begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), 'image', 'png'],
  [says('GIF8'), 'image', 'gif'],
  [both(says('RIFF'), says('WEBP', 8)), 'image', 'webp'],
  [brand('avif', 'avis'), 'image', 'avif'],
  [both(says('RIFF'), says('WAVE', 8)), 'audio', 'wav'],
  [brand('M4A ', 'M4B '), 'audio', 'm4a'],
  [brand('isom', 'iso2', 'iso4', 'iso5', 'iso6', 'mp41', 'mp42', 'avc1', 'dash'), 'video', 'mp4'],
  [brand('M4V ', 'MSNV', 'qt  '), 'video', 'mp4'],
  [both(begins(0x1a, 0x45, 0xdf, 0xa3), holds('webm')), 'video', 'webm'],
  [both(says('OggS'), holds('theora')), 'video', 'ogv'],
  [says('OggS'), 'audio', 'ogg'],
  [says('ID3'), 'audio', 'mp3'],
  [(head) => head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2, 'audio', 'mp3'],
  [says('%PDF-'), 'file', 'pdf'],
]

/** Reads its first few hundred bytes. */
export async function sniffFile(path: string): Promise<SniffedFile> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0)
  const head = buffer.subarray(0, bytesRead)
  const found = signatures.find(([test]) => test(head))
  if (found) return { kind: found[1], ending: found[2] }
  const isDrawing = /^\s*(?:<\?xml|<!--|<!doctype svg|<svg)/i.test(head.toString('utf8'))
  if (isDrawing && /<svg[\s>]/i.test(head.toString('utf8'))) return { kind: 'svg', ending: 'svg' }
  return { kind: 'file', ending: undefined }
}
