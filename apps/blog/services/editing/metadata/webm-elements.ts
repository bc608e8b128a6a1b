import { DamagedFileError, type EditableFile } from './editable-file.ts'

/** Elements that are looked into; those of unknown length end where another one of their level begins. */
const opened = new Set([
  0x1853_8067, // Segment
  0x1549_a966, // Info
  0x1654_ae6b, // Tracks
  0xae, // TrackEntry
])
const cluster = 0x1f43_b675

/** What a maker wrote. Checksums go too: they would be wrong afterwards. */
const unwanted = new Set([
  0x1254_c367, // Tags
  0x1941_a469, // Attachments
  0x7ba9, // Title
  0x4461, // DateUTC
  0x7384, // SegmentFilename
  0x73a4, // SegmentUUID
  0x4d80, // MuxingApp
  0x5741, // WritingApp
  0x536e, // Name of a track
  0xbf, // CRC-32
])

/** Both must be there. */
const emptied = new Set([0x4d80, 0x5741])

/** Makes of WebM and Matroska what says nothing of their makers: each such element becomes void of its size. */
export async function cleanWebm(file: EditableFile): Promise<void> {
  let at = 0
  let hasSegment = false
  while (at < file.size) {
    const id = await readNumber(file, at, { keepsMarker: true })
    const size = await readNumber(file, at + id.length, { keepsMarker: false })
    const content = at + id.length + size.length
    const end = size.isUnknown ? undefined : content + size.value
    if (end !== undefined && end > file.size) throw new DamagedFileError(`${at} does not fit`)
    hasSegment ||= id.value === 0x1853_8067
    if (opened.has(id.value) || (id.value === cluster && end === undefined)) at = content
    else if (end === undefined) throw new DamagedFileError(`nobody knows how long ${at} is`)
    else {
      if (emptied.has(id.value)) await file.write(content, Buffer.alloc(end - content, '-'))
      else if (unwanted.has(id.value)) await makeVoid(file, at, end)
      else if (id.value === 0xec) await file.blank(content, end - content)
      at = end
    }
  }
  if (!hasSegment) throw new DamagedFileError('there is no film in it')
}

async function makeVoid(file: EditableFile, at: number, end: number): Promise<void> {
  const room = end - at
  const isShort = room - 2 < 127
  const head = Buffer.alloc(isShort ? 2 : 9)
  head[0] = 0xec
  if (isShort) head[1] = 0x80 + room - 2
  else {
    head.writeBigUInt64BE(BigInt(room - 9), 1)
    head[1] = 0x01
  }
  await file.write(at, head)
  await file.blank(at + head.length, room - head.length)
}

/** A number of the length that its first bits say (RFC 8794, section 4). */
async function readNumber(
  file: EditableFile,
  at: number,
  { keepsMarker }: { readonly keepsMarker: boolean },
): Promise<{ readonly value: number; readonly length: number; readonly isUnknown: boolean }> {
  const first = (await file.read(at, 1))[0] ?? 0
  const length = Math.clz32(first) - 23
  if (length > (keepsMarker ? 4 : 8)) throw new DamagedFileError(`no number at ${at}`)
  const bytes = await file.read(at, length)
  let value = keepsMarker ? first : first - (0x80 >> (length - 1))
  for (const byte of bytes.subarray(1)) value = value * 256 + byte
  return { value, length, isUnknown: !keepsMarker && value >= 2 ** (7 * length) - 1 }
}
