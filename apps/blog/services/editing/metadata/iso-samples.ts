import { DamagedFileError, type EditableFile } from './editable-file.ts'
import { type Box, findBox } from './iso-boxes.ts'

/** Blanks what a track holds, wherever it lies in the file. `media` is its `mdia`. */
export async function blankSamples(file: EditableFile, media: Box): Promise<void> {
  const table = await findBox(file, media, 'minf', 'stbl')
  if (!table) return
  const [sizes, runs, chunks] = [
    await findBox(file, table, 'stsz'),
    await findBox(file, table, 'stsc'),
    (await findBox(file, table, 'stco')) ?? (await findBox(file, table, 'co64')),
  ]
  if (!sizes || !runs || !chunks) return
  const sameSize = await number(file, sizes, 4)
  const runCount = await number(file, runs, 4)
  const chunkCount = await number(file, chunks, 4)
  const wide = chunks.type === 'co64'
  let run = 0
  let sample = 0
  let perChunk = 0
  let blanked = 0
  for (let chunk = 0; chunk < chunkCount; chunk += 1) {
    // A run holds from its first chunk, counted from 1, until the next run's.
    while (run < runCount && (await number(file, runs, 8 + run * 12)) <= chunk + 1) {
      perChunk = await number(file, runs, 12 + run * 12)
      run += 1
    }
    let length = perChunk * sameSize
    for (let left = sameSize === 0 ? perChunk : 0; left > 0; left -= 1) {
      length += await number(file, sizes, 12 + sample * 4)
      sample += 1
    }
    blanked += length
    const place = chunks.content + 8 + chunk * (wide ? 8 : 4)
    const at = wide
      ? Number((await file.read(place, 8)).readBigUInt64BE(0))
      : (await file.read(place, 4)).readUInt32BE(0)
    if (at + length > file.size || blanked > file.size)
      throw new DamagedFileError(`nothing at ${at}`)
    await file.blank(at, length)
  }
}

async function number(file: EditableFile, { content, end }: Box, offset: number): Promise<number> {
  if (content + offset + 4 > end) throw new DamagedFileError(`a table at ${content} is too short`)
  return (await file.read(content + offset, 4)).readUInt32BE(0)
}
