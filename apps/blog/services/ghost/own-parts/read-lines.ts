import type { z } from 'zod'
import { parseJson } from '../../documents/parse-json.ts'
import { cleanParsed } from '../clean-text.ts'
import type { BesideFile } from '../export-file.ts'
import { GhostFileError } from '../import-error.ts'
import { readable } from '../read-export.ts'
import type { Warn } from './part-warnings.ts'
import { describeIssue } from './read-part.ts'

/** The longest real posts are a hundredth of it. */
const longestLine = 64 * 1024 * 1024

export interface PartLine<Row> {
  readonly row: Row
  readonly at: string
  /** About as many bytes as it takes. */
  readonly length: number
}

/**
 * The lines of a part that has an object in each. Those that cannot be read are warned about and left out. Throws
 * GhostFileError when the archive is damaged there, or a line is endless.
 */
export async function* readLines<Row>(
  file: BesideFile,
  schema: z.ZodType<Row>,
  warn: Warn,
): AsyncGenerator<PartLine<Row>> {
  let number = 0
  for await (const line of linesOf(readable(await file.open()))) {
    number += 1
    if (line.trim() === '') continue
    const at = `line ${number}`
    const parsed = schema.safeParse(cleanParsed(parseJson(line)))
    if (parsed.success) yield { row: parsed.data, at, length: line.length }
    else warn(at, describeIssue(parsed.error))
  }
}

async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let parts: string[] = []
  let length = 0
  for await (const chunk of bytes) {
    const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n')
    parts.push(first)
    length += first.length
    for (const next of others) {
      yield parts.join('')
      parts = [next]
      length = next.length
    }
    if (length > longestLine) throw new GhostFileError('A line in it is longer than 64 MB')
  }
  yield parts.join('') + decoder.decode()
}
