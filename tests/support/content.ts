import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadDemo } from '@rose-ash/local/demo/load'
import { createTestDatabase } from '@rose-ash/testing/database'

/** A database with the demo content, and folders beside it. */
export interface TestContent extends AsyncDisposable {
  readonly databaseUrl: string
  readonly mediaFolder: string
  readonly mailFolder: string
}

export async function createTestContent(): Promise<TestContent> {
  const database = await createTestDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'rose-ash-content-'))
  const content = {
    databaseUrl: database.url,
    mediaFolder: join(folder, 'media'),
    mailFolder: join(folder, 'mail'),
  }
  await loadDemo({ ...content, say: () => undefined })
  return { ...content, [Symbol.asyncDispose]: () => database.close() }
}
