import { createUser } from '@rose-ash/testing/factories/member'
import { createMenuNode } from '@rose-ash/testing/factories/menu'
import { expect, it } from 'vitest'
import { comments, snippets } from '../../../models/index.ts'
import { sorted } from '../../export/test-export.ts'
import { storeFirstRevisions } from '../store-revision.ts'
import { fixture } from '../test-export.ts'
import { createImportTarget } from '../test-import.ts'
import { plantGraph } from './test-graph.ts'
import { bringElsewhere } from './test-own-parts.ts'

/** Lists of objects whose order chance decides: by ids that differ from place to place. */
const unordered = ['rose-ash/graph.json', 'rose-ash/revisions.ndjson']
const tables = [
  'posts',
  'post_revisions',
  'comments',
  'menu_nodes',
  'page_features',
  'snippets',
  'kv_entries',
  'kv_changes',
  'ap_activities',
]

it('a site of Ghost’s and of its own is the same after a move, and a second import touches no row', async () => {
  await using target = await createImportTarget()
  const { database } = target.connection
  await target.run(fixture('ghost-6.65.0-sqlite-export.json'))
  await plantGraph(target)
  const written = await target.query(`select id from posts where type in ('post', 'page')`)
  await database.transaction((transaction) =>
    storeFirstRevisions(
      transaction,
      written.map(({ id }) => String(id)),
    ),
  )
  const [post] = await target.query(`select id from posts where source is not null limit 1`)
  const postId = String(post?.['id'])
  const { id: userId } = await createUser(database, { displayName: 'Wren' })
  const said = { postId, userId, authorName: 'Wren', html: '<p>Good.</p>', source: 'Good.' }
  const [first] = await database
    .insert(comments)
    .values({ ...said, status: 'published' })
    .returning()
  await database.insert(comments).values({ ...said, parentId: first!.id, status: 'held' })
  await createMenuNode(database, { label: 'A post', path: `/go/post/${postId}/` })
  await database.insert(snippets).values({ name: 'Rule', lexical: { nodes: [{ type: 'hr' }] } })

  await using moved = await bringElsewhere(target)
  const again = await moved.exportAgain()
  const [one, other] = [moved.first.archive, again.archive]
  expect(other.paths).toEqual(one.paths)
  expect(sorted(other.tables)).toEqual(sorted(one.tables))
  for (const path of one.paths.filter((each) => /^(rose-ash|markdown)\//.test(each))) {
    const read = ({ read: text }: typeof one) =>
      unordered.includes(path) ? text(path).split(/,?\n/).toSorted() : text(path)
    expect(read(other), path).toEqual(read(one))
  }

  const versions = () =>
    Promise.all(
      tables.map((table) => moved.empty.query(`select xmin, ctid from ${table} order by ctid`)),
    )
  const before = await versions()
  const { created, updated, warnings } = await moved.empty.run(moved.first.file)
  expect({ created, updated }).toEqual({ created: 0, updated: 0 })
  expect(warnings).toEqual([])
  expect(await versions()).toEqual(before)
})
