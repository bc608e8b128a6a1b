import { DamagedFileError, type EditableFile } from './editable-file.ts'

/** Drops the tags before and after the sound: ID3v2 and ID3v1, APE, Lyrics3. Throws DamagedFileError. */
export async function cleanMp3(file: EditableFile): Promise<void> {
  let from = 0
  let to = file.size
  for (let length = -1; length !== 0; from += length) length = await tagAt(file, from, to)
  for (let length = -1; length !== 0; to -= length) length = await tagBefore(file, from, to)
  if (from >= to) throw new DamagedFileError('there is no sound in it')
  if (from > 0 || to < file.size) await file.keep(from, to)
}

/** How long the tag is that begins here; 0 when none does. */
async function tagAt(file: EditableFile, from: number, to: number): Promise<number> {
  const head = await readSome(file, from, Math.min(32, to - from))
  const word = (length: number) => head.toString('latin1', 0, length)
  if (word(3) === 'ID3' && head.length >= 10) {
    const hasFooter = ((head[5] ?? 0) & 0x10) !== 0
    return fits(10 + sevenBits(head.subarray(6, 10)) + (hasFooter ? 10 : 0), to - from)
  }
  if (word(8) === 'APETAGEX' && head.length === 32) {
    return fits(32 + head.readUInt32LE(12), to - from)
  }
  return 0
}

/** How long the tag is that ends here; 0 when none does. */
async function tagBefore(file: EditableFile, from: number, to: number): Promise<number> {
  const room = to - from
  const wordAt = async (back: number, length: number) =>
    back > room ? '' : (await readSome(file, to - back, length)).toString('latin1')
  if ((await wordAt(128, 3)) === 'TAG') {
    return (await wordAt(128 + 227, 4)) === 'TAG+' ? 128 + 227 : 128
  }
  if ((await wordAt(32, 8)) === 'APETAGEX') {
    const foot = await readSome(file, to - 32, 32)
    const hasHead = foot.readUInt32LE(20) >= 0x8000_0000
    return fits(foot.readUInt32LE(12) + (hasHead ? 32 : 0), room)
  }
  if ((await wordAt(9, 9)) === 'LYRICS200') {
    return fits(Number.parseInt(await wordAt(15, 6), 10) + 15, room)
  }
  if ((await wordAt(10, 3)) === '3DI') {
    const foot = await readSome(file, to - 10, 10)
    return fits(sevenBits(foot.subarray(6, 10)) + 20, room)
  }
  return 0
}

async function readSome(file: EditableFile, at: number, length: number): Promise<Buffer> {
  return Buffer.from(await file.read(at, length))
}

function sevenBits(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0)
}

function fits(length: number, room: number): number {
  if (!(length > 0 && length <= room)) throw new DamagedFileError('a tag is longer than the file')
  return length
}
