import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importGhost } from '@rose-ash/blog/ghost/import-ghost'
import { GraphViews } from '@rose-ash/blog/graph/graph-views'
import { PostgresKvStore } from '@rose-ash/blog/graph/kv/postgres-kv-store'
import { createLog } from '@rose-ash/shared/infrastructure/log'
import { createTestDatabase } from '@rose-ash/testing/database'
import { afterAll, expect, it } from 'vitest'

const connection = await createTestDatabase()
const { database } = connection
const mediaFolder = await mkdtemp(join(tmpdir(), 'rose-ash-media-'))
afterAll(async () => {
  await connection.close()
  await rm(mediaFolder, { recursive: true, force: true })
})

it('the stories come whole, with what they are and how they belong together', async () => {
  const log = createLog({ app: 'local', level: 'silent' })
  const file = join(import.meta.dirname, 'blog/export.json')
  const options = { database, mediaFolder, file, siteName: 'demo', log }
  expect((await importGhost(options)).warnings).toEqual([])
  const store = new PostgresKvStore({ database })
  await using views = await GraphViews.open({ store, log })
  const { database: site } = views
  const knowHow = site.rel('instance').where([undefined, 'type:know-how'])
  const own = ['type:recipe', 'type:how-to'].flatMap((type) =>
    site.rel('is_a').where([undefined, type]),
  )
  expect(own.length).toBeGreaterThan(5)
  expect(knowHow).toHaveLength(own.length)
  expect(await store.scan(['query'])).toHaveLength(2)
})
