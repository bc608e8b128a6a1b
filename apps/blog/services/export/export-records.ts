import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { exportChoice } from './export-choice.ts'

/** Where an export stands; the same for every process, and gone with it. */
const exportRecord = z.object({
  id: z.uuid(),
  choice: exportChoice,
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  /** What it is called when it is saved. */
  fileName: z.string(),
  requestedAt: z.coerce.date(),
  done: z.number(),
  total: z.number(),
  sizeBytes: z.number(),
  warnings: z.array(z.string()),
  /** A sentence for people. */
  error: z.string().nullable(),
})
export type ExportRecord = Readonly<z.output<typeof exportRecord>>

/** Archives hold drafts and may hold members: they lie where no address leads, and go after a day. */
export const keptHours = 24

/** Exports and how far they are, as files beside the archives in a folder that is never served. */
export interface ExportRecords {
  fileOf(id: string): string
  write(record: ExportRecord): Promise<void>
  find(id: string): Promise<ExportRecord | undefined>
  /** The latest first. */
  list(): Promise<readonly ExportRecord[]>
  remove(id: string): Promise<void>
  /** Takes away what is older than a day. */
  sweep(): Promise<void>
}

export function createExportRecords(mediaFolder: string): ExportRecords {
  const folder = join(mediaFolder, '.exports')
  const recordOf = (id: string) => join(folder, `${id}.json`)
  const fileOf = (id: string) => join(folder, `${id}.zip`)

  const find = async (id: string) => {
    const content = await readFile(recordOf(id), 'utf8').catch(() => undefined)
    const record = content === undefined ? undefined : parse(content)
    return record && !isOver(record) ? record : undefined
  }
  const list = async () => {
    const names = await readdir(folder).catch(() => [])
    const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5))
    const records = await Promise.all(ids.filter(isId).map(find))
    return records
      .filter((record) => record !== undefined)
      .toSorted((a, b) => b.requestedAt.getTime() - a.requestedAt.getTime())
  }
  const remove = async (id: string) => {
    await rm(fileOf(id), { force: true })
    await rm(recordOf(id), { force: true })
  }
  return {
    fileOf,
    find,
    list,
    remove,
    async write(record) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const unfinished = `${recordOf(record.id)}.${process.pid}.part`
      await writeFile(unfinished, JSON.stringify(record), { mode: 0o600 })
      await rename(unfinished, recordOf(record.id))
    },
    async sweep() {
      const kept = new Set((await list()).map(({ id }) => id))
      for (const name of await readdir(folder).catch(() => [])) {
        const id = name.slice(0, 36)
        if (!kept.has(id)) await rm(join(folder, name), { force: true })
      }
    },
  }
}

function parse(content: string): ExportRecord | undefined {
  try {
    return exportRecord.parse(JSON.parse(content))
  } catch {
    return undefined
  }
}

function isOver({ requestedAt }: ExportRecord): boolean {
  return requestedAt.getTime() < Date.now() - keptHours * 3_600_000
}

function isId(name: string): boolean {
  return z.uuid().safeParse(name).success
}
