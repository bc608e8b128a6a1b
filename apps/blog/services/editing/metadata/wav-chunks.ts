import { DamagedFileError, type EditableFile } from './editable-file.ts'

/** What a player needs, and where a sound begins again. */
const needed = new Set(['fmt ', 'data', 'fact', 'cue ', 'smpl', 'plst', 'slnt', 'wavl'])

/**
 * Makes every other chunk of a WAV file junk of its size: titles, places, devices, whole ID3 tags. What
 * stands after the end is dropped. Throws DamagedFileError.
 */
export async function cleanWav(file: EditableFile): Promise<void> {
  const length = (await file.read(4, 4)).readUInt32LE(0)
  // Recorders that could not go back leave the lengths open.
  const isOpen = length === 0 || length === 0xffff_ffff
  const end = isOpen ? file.size : Math.min(file.size, 8 + length)
  let at = 12
  while (end - at >= 8) {
    const head = Buffer.from(await file.read(at, 8))
    const type = head.toString('latin1', 0, 4)
    const said = head.readUInt32LE(4)
    const room = file.size - at - 8
    // A recording that was cut off is played as far as it goes.
    const size = type === 'data' && (isOpen || said > room) ? room : said
    if (size > room) throw new DamagedFileError(`${type} at ${at} does not fit`)
    if (!needed.has(type)) {
      await file.write(at, Buffer.from('JUNK'))
      await file.blank(at + 8, size)
    }
    at += 8 + size + (size % 2)
  }
  if (at < file.size) await file.keep(0, at)
}
