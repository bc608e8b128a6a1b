import { DamagedFileError, type EditableFile } from './editable-file.ts'
import { type Box, findBox, readBoxes } from './iso-boxes.ts'
import { blankSamples } from './iso-samples.ts'

/** What a player needs, by where it stands. All else is about who made the film, where and with what. */
const needed: Readonly<Record<string, readonly string[]>> = {
  '': 'ftyp styp moov moof mfra mdat sidx ssix emsg pdin'.split(' '),
  moov: 'mvhd trak mvex iods pssh'.split(' '),
  trak: 'tkhd tref edts mdia trgr tapt'.split(' '),
  mdia: 'mdhd hdlr elng minf'.split(' '),
  moof: 'mfhd traf pssh'.split(' '),
}

/**
 * Takes out of MP4, MOV and M4A what their makers wrote into them (ISO/IEC 14496-12): every part that no
 * player needs becomes free space of its size, so that all else stays where it is. Also dates, names of
 * handlers, and tracks of measurements, such as a camera's places. Throws DamagedFileError, also for such a track in
 * fragments, which no camera writes.
 */
export async function cleanIsoFile(file: EditableFile): Promise<void> {
  const top = await readBoxes(file, 0, file.size)
  const film = top.find(({ type }) => type === 'moov')
  if (!film) throw new DamagedFileError('there is no film in it')
  if (top.some(({ type }) => type === 'moof') && (await hasMeasurements(file, film))) {
    throw new DamagedFileError('a track of measurements is in fragments')
  }
  for (const box of top) await clean(file, box, '')
}

async function clean(file: EditableFile, box: Box, place: string): Promise<void> {
  const { type } = box
  if (!needed[place]?.includes(type)) return free(file, box)
  if (type === 'trak') {
    const measurements = await findMeasurements(file, box)
    if (measurements) {
      await blankSamples(file, measurements)
      return free(file, box)
    }
  }
  if (type === 'mvhd' || type === 'tkhd' || type === 'mdhd') return blankDates(file, box)
  if (type === 'hdlr') return blankName(file, box)
  if (!(type in needed)) return undefined
  for (const inner of await readBoxes(file, box.content, box.end)) await clean(file, inner, type)
  return undefined
}

async function hasMeasurements(file: EditableFile, film: Box): Promise<boolean> {
  for (const box of await readBoxes(file, film.content, film.end)) {
    if (box.type === 'trak' && (await findMeasurements(file, box))) return true
  }
  return false
}

/** The `mdia` of a track, if it is one that nobody sees or hears. */
async function findMeasurements(file: EditableFile, track: Box): Promise<Box | undefined> {
  const media = await findBox(file, track, 'mdia')
  const handler = media && (await findBox(file, media, 'hdlr'))
  if (!handler) return undefined
  const kind = (await file.read(handler.content + 8, 4)).toString('latin1')
  return kind === 'meta' ? media : undefined
}

async function free(file: EditableFile, { at, content, end }: Box): Promise<void> {
  await file.write(at + 4, Buffer.from('free'))
  await file.blank(content, end - content)
}

async function blankDates(file: EditableFile, { content, end }: Box): Promise<void> {
  const isLong = (await file.read(content, 1))[0] === 1
  const length = isLong ? 16 : 8
  if (content + 4 + length > end) throw new DamagedFileError(`no dates at ${content}`)
  await file.blank(content + 4, length)
}

async function blankName(file: EditableFile, { content, end }: Box): Promise<void> {
  if (end > content + 24) await file.blank(content + 24, end - content - 24)
}
