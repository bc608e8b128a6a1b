import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DatabaseConnection } from '@rose-ash/shared/infrastructure/database'
import { createTestDatabase } from '@rose-ash/testing/database'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importGhost } from './import-ghost.ts'
const fixtures = fileURLToPath(new URL('./fixtures/', import.meta.url))
it('x', async () => {
  await using db = await createTestDatabase()
  const mediaFolder = await mkdtemp(join(tmpdir(), 'rose-ash-media-'))
  for (const f of [
    'ghost-6.65.0-sqlite-export.json',
    'ghost-6.65.0-export-with-images.zip',
    'ghost-6.65.0-export-with-images.zip',
    'ghost-5.130.6-mobiledoc-export.json',
    'ghost-5.130.6-mobiledoc-export.json',
  ]) {
    const t = performance.now()
    const r = await importGhost({
      database: db.database,
      mediaFolder,
      file: fixtures + f,
      log: { info() {} } as never,
    })
    console.log(f, r, performance.now() - t)
  }
  console.log(await readdir(mediaFolder, { recursive: true }))
  console.log(
    (await db.pool.query('select path,width,height,content_type,size_bytes from media')).rows,
    (
      await db.pool.query(
        'select state,source,created_count,updated_count,unchanged_count,total_count,error from content_imports',
      )
    ).rows,
  )
  console.log((await db.pool.query('select type, count(*) from ap_activities group by 1')).rows)
  console.log(
    JSON.stringify(
      (await db.pool.query(`select * from posts where slug='unicode-tags'`)).rows,
    ).slice(0, 3000),
  )
}, 60000)
