import { DamagedFileError, type EditableFile } from './editable-file.ts'

/** By how a codec's comments begin: whether a bit ends them. Comments of others are left as they are. */
const codecs: readonly (readonly [string, boolean])[] = [
  ['\x03vorbis', true],
  ['\x81theora', false],
  ['OpusTags', false],
]

interface Piece {
  readonly at: number
  readonly length: number
  readonly page: Page
}

interface Page {
  readonly at: number
  readonly length: number
}

/**
 * Empties the comments of Ogg files, which are each stream's second packet, to one nameless maker of the
 * same length (RFC 3533, Vorbis I section 5, RFC 7845). Throws DamagedFileError.
 */
export async function cleanOgg(file: EditableFile): Promise<void> {
  const streams = new Map<number, { packet: number; pieces: Piece[] }>()
  for (let at = 0; at < file.size;) {
    const head = Buffer.from(await file.read(at, 27))
    if (head.toString('latin1', 0, 4) !== 'OggS') throw new DamagedFileError(`no page at ${at}`)
    const lengths = Buffer.from(await file.read(at + 27, head[26] ?? 0))
    const serial = head.readUInt32LE(14)
    const stream = streams.get(serial) ?? { packet: 0, pieces: [] }
    streams.set(serial, stream)
    let place = at + 27 + lengths.length
    const page = { at, length: 27 + lengths.length + lengths.reduce((sum, one) => sum + one, 0) }
    for (const length of lengths) {
      if (stream.packet === 1) stream.pieces.push({ at: place, length, page })
      if (length < 255) stream.packet += 1
      place += length
    }
    at += page.length
    if (at > file.size) throw new DamagedFileError('the last page is not whole')
  }
  for (const { pieces } of streams.values()) await emptyComments(file, pieces)
}

async function emptyComments(file: EditableFile, pieces: readonly Piece[]): Promise<void> {
  const [first] = pieces
  if (!first) return
  const start = (await file.read(first.at, Math.min(8, first.length))).toString('latin1')
  const codec = codecs.find(([name]) => start.startsWith(name))
  if (!codec) return
  const [name, hasEnd] = codec
  const total = pieces.reduce((sum, { length }) => sum + length, 0)
  const tail = Buffer.from(hasEnd ? [0, 0, 0, 0, 1] : [0, 0, 0, 0])
  const maker = total - name.length - 4 - tail.length
  if (maker < 0) throw new DamagedFileError('the comments are too short')
  const begin = Buffer.alloc(name.length + 4)
  begin.write(name, 'latin1')
  begin.writeUInt32LE(maker, name.length)
  const byteAt = (place: number) =>
    begin[place] ?? tail[place - (total - tail.length)] ?? '-'.charCodeAt(0)
  let done = 0
  for (const { at, length } of pieces) {
    const from = done
    await file.write(at, Buffer.from(Array.from({ length }, (_, index) => byteAt(from + index))))
    done += length
  }
  for (const page of new Set(pieces.map((piece) => piece.page))) await sign(file, page)
}

async function sign(file: EditableFile, { at, length }: Page): Promise<void> {
  await file.blank(at + 22, 4)
  const sum = Buffer.alloc(4)
  sum.writeUInt32LE(oggChecksum(await file.read(at, length)))
  await file.write(at + 22, sum)
}

/** CRC-32 with the polynomial 04c11db7, from the highest bit, beginning with zero (RFC 3533, section 6). */
export function oggChecksum(bytes: Uint8Array): number {
  let sum = 0
  for (const byte of bytes) {
    sum ^= byte << 24
    for (let bit = 0; bit < 8; bit += 1)
      sum = sum & 0x8000_0000 ? (sum << 1) ^ 0x04c1_1db7 : sum << 1
  }
  return sum >>> 0
}
