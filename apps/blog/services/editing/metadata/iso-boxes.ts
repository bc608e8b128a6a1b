import { DamagedFileError, type EditableFile } from './editable-file.ts'

/** A part of MP4, MOV and M4A, and what it is called (ISO/IEC 14496-12, section 4.2). */
export interface Box {
  readonly type: string
  readonly at: number
  /** Where what is in it begins. */
  readonly content: number
  readonly end: number
}

/** The boxes between two places, none of them read. */
export async function readBoxes(file: EditableFile, from: number, to: number): Promise<Box[]> {
  const boxes: Box[] = []
  // QuickTime may end a list with four bytes of nothing.
  for (let at = from; to - at >= 8;) {
    const box = await readBox(file, at, to)
    boxes.push(box)
    at = box.end
  }
  return boxes
}

async function readBox(file: EditableFile, at: number, limit: number): Promise<Box> {
  const head = await file.read(at, 8)
  const type = head.toString('latin1', 4, 8)
  const short = head.readUInt32BE(0)
  const isLong = short === 1
  const content = at + (isLong ? 16 : 8)
  const long = isLong ? Number((await file.read(at + 8, 8)).readBigUInt64BE(0)) : short
  // The last one of a file may leave open how long it is.
  const end = short === 0 && limit === file.size ? limit : at + long
  if (end < content || end > limit) throw new DamagedFileError(`${type} at ${at} does not fit`)
  return { type, at, content, end }
}

export async function findBox(
  file: EditableFile,
  { content, end }: Pick<Box, 'content' | 'end'>,
  ...path: readonly string[]
): Promise<Box | undefined> {
  const [type, ...rest] = path
  const box = (await readBoxes(file, content, end)).find((one) => one.type === type)
  return box && rest.length > 0 ? findBox(file, box, ...rest) : box
}
