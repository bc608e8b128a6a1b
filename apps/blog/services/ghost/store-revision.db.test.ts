import { expect, it } from 'vitest'
import { MemoryKvStore } from '../../graph/kv/memory-kv-store.ts'
import { posts } from '../../models/index.ts'
import { readContent } from '../posts/read-content.ts'
import { fixture } from './test-export.ts'
import { createImportTarget } from './test-import.ts'

it('the first revision of an imported post is its content, as an editor would read it', async () => {
  await using target = await createImportTarget()
  const { database } = target.connection
  await target.run(fixture('ghost-6.65.0-sqlite-export.json'))
  const store = new MemoryKvStore()
  const reader = {
    get: (key: readonly string[]) => store.get(key),
    scan: (prefix: readonly string[]) => store.scan(prefix),
    scanAll: (prefixes: readonly (readonly string[])[]) => store.scanAll(prefixes),
  }
  const rows = await database.select().from(posts)
  expect(rows).toHaveLength(29)
  for (const row of rows) {
    const kept = await target.query(
      `select version, content from post_revisions where post_id = '${row.id}'`,
    )
    const content = await readContent(database, reader, row)
    expect(kept).toEqual([{ version: 1, content: JSON.parse(JSON.stringify(content)) }])
  }
})
