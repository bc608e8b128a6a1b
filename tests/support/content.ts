import { access, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadDemo } from '@rose-ash/local/demo/load'
import { createTestDatabase } from '@rose-ash/testing/database'
import { inject } from 'vitest'

/** A database with the demo content, and folders beside it. */
export interface TestContent extends AsyncDisposable {
  readonly databaseUrl: string
  /** Shared by the test files of a run, and only read. */
  readonly mediaFolder: string
  readonly mailFolder: string
}

export async function createTestContent(): Promise<TestContent> {
  const mediaFolder = join(tmpdir(), `${inject('testCluster').template}-media`)
  const database = await createTestDatabase({
    content: {
      name: 'demo',
      load: (databaseUrl) => loadDemo({ databaseUrl, mediaFolder, say: () => undefined }),
    },
  })
  await access(mediaFolder)
  const mailFolder = await mkdtemp(join(tmpdir(), 'rose-ash-mail-'))
  return {
    databaseUrl: database.url,
    mediaFolder,
    mailFolder,
    [Symbol.asyncDispose]: () => database.close(),
  }
}
