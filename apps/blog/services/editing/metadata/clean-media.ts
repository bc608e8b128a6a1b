import { WrongKindError } from '../upload-kinds.ts'
import { DamagedFileError, type EditableFile, openEditableFile } from './editable-file.ts'
import { cleanIsoFile } from './iso-file.ts'
import { cleanMp3 } from './mp3-tags.ts'
import { cleanOgg } from './ogg-comments.ts'
import { cleanWav } from './wav-chunks.ts'
import { cleanWebm } from './webm-elements.ts'

const cleaners: Readonly<Record<string, (file: EditableFile) => Promise<void>>> = {
  mp4: cleanIsoFile,
  m4a: cleanIsoFile,
  mp3: cleanMp3,
  wav: cleanWav,
  webm: cleanWebm,
  ogg: cleanOgg,
  ogv: cleanOgg,
}

/**
 * Takes out of a film or a sound, where it lies, what its makers and their devices wrote into it: places,
 * dates, names, covers. Picture and sound stay as they are. `ending` is of its kind. Throws
 * WrongKindError when its parts do not fit together, since then nobody can tell what it gives away.
 */
export async function cleanMedia(
  path: string,
  { ending, fileName }: { readonly ending: string; readonly fileName: string },
): Promise<void> {
  const cleaner = cleaners[ending]
  if (!cleaner) throw new WrongKindError(`${fileName} is of a kind that cannot be taken.`)
  await using file = await openEditableFile(path)
  try {
    await cleaner(file)
  } catch (cause) {
    if (!(cause instanceof DamagedFileError)) throw cause
    const sentence = `${fileName} is damaged or not whole. Please save it anew, or add it as a file.`
    throw new WrongKindError(sentence, { cause })
  }
}
