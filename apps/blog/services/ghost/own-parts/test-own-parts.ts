import { exportFrom, type TestExport } from '../../export/test-export.ts'
import { makeArchive } from '../test-archive.ts'
import { createImportTarget, type ImportTarget } from '../test-import.ts'

const choice = { kind: 'everything', withRevisions: true, withMembers: false } as const

/** For tests: a place, its archive, and an empty place that the archive was brought to. */
export async function bringElsewhere(source: ImportTarget) {
  const first = await exportFrom(source, { choice })
  const empty = await createImportTarget()
  const result = await empty.run(first.file)
  return {
    first,
    empty,
    result,
    exportAgain: () => exportFrom(empty, { choice }),
    [Symbol.asyncDispose]: () => empty[Symbol.asyncDispose](),
  }
}

/** The Ghost export of an archive, with parts of a test's own beside it. */
export async function withParts(
  target: ImportTarget,
  { archive }: TestExport,
  parts: Readonly<Record<string, string>>,
): Promise<string> {
  const json = archive.paths.find((path) => path.endsWith('.json') && !path.includes('/')) ?? ''
  const others = Object.entries(parts).map(([name, content]) => ({ name, content }))
  const entries = [{ name: json, content: archive.read(json) }, ...others]
  return target.folder.write(`${crypto.randomUUID()}.zip`, makeArchive(entries))
}
