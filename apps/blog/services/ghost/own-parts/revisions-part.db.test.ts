import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postRevisions, type RevisionContent } from '../../../models/index.ts'
import { blankContent } from '../../posts/read-content.ts'
import { lexicalOf } from '../test-export.ts'
import { createImportTarget, type ImportTarget } from '../test-import.ts'
import { bringElsewhere, withParts } from './test-own-parts.ts'

const path = 'rose-ash/revisions.ndjson'
const lexical = JSON.parse(lexicalOf('Flour, water and salt.'))

let target: ImportTarget
let moved: Awaited<ReturnType<typeof bringElsewhere>>
beforeAll(async () => {
  target = await createImportTarget()
  const { database } = target.connection
  const loaf = await createPost(database, { slug: 'loaf', title: 'Loaf', lexical, version: 3 })
  const soup = await createPost(database, { slug: 'soup', title: 'Soup', lexical, version: 1 })
  const content: RevisionContent = { ...blankContent, lexical, title: 'Lo', slug: 'loaf' }
  const fields = { minutes: 90, after: `post:${soup.id}` }
  await database.insert(postRevisions).values([
    { postId: loaf.id, version: 1, reason: 'save', content: { ...content, tags: ['bread'] } },
    { postId: loaf.id, version: 2, reason: 'autosave', content: { ...content, title: 'Loa' } },
    { postId: loaf.id, version: 3, reason: 'publish', content: { ...content, fields } },
    { postId: soup.id, version: 1, reason: 'import', content: { ...content, slug: 'soup' } },
  ])
  moved = await bringElsewhere(target)
})
afterAll(async () => {
  await moved[Symbol.asyncDispose]()
  await target[Symbol.asyncDispose]()
})

const revisionsOf = (place: ImportTarget) =>
  place.query(`select revision.xmin, revision.*, posts.version as now from post_revisions revision
    join posts on posts.id = post_id order by post_id, revision.version`)
const linesOf = (text: string) => text.trimEnd().split('\n').toSorted()

describe('versions that were exported and imported elsewhere', () => {
  it('are the same when they are exported again, and saves are counted on from there', async () => {
    expect(moved.result.warnings).toEqual([])
    const { archive } = await moved.exportAgain()
    expect(linesOf(archive.read(path))).toEqual(linesOf(moved.first.archive.read(path)))
    const rows = await moved.empty.query(`select slug, version from posts order by slug`)
    expect(rows).toEqual([
      { slug: 'loaf', version: 3 },
      { slug: 'soup', version: 1 },
    ])
    const [fields] = await moved.empty.query(`
      select content -> 'fields' ->> 'after' = 'post:' || soup.id as is_ours
      from post_revisions, posts soup where post_revisions.version = 3 and soup.slug = 'soup'`)
    expect(fields).toEqual({ is_ours: true })
  })

  it('stay as they are when they are imported again', async () => {
    const before = await revisionsOf(moved.empty)
    const { warnings, updated } = await moved.empty.run(moved.first.file)
    expect({ warnings, updated }).toEqual({ warnings: [], updated: 0 })
    expect(await revisionsOf(moved.empty)).toEqual(before)
  })

  it('leave those of a post that somebody has saved here', async () => {
    await using other = await createImportTarget()
    const file = await withParts(other, moved.first, {})
    await other.run(file)
    await other.query(`update posts set version = 2 where slug = 'loaf'`)
    await other.query(`insert into post_revisions (post_id, version, reason, content)
      select id, 2, 'save', '{}' from posts where slug = 'loaf'`)
    const before = await revisionsOf(other)
    const { warnings } = await other.run(moved.first.file)
    expect(warnings).toEqual([
      'rose-ash/revisions.ndjson, “Loaf”: it has versions of its own here; it was left out.',
    ])
    const after = await revisionsOf(other)
    expect(after.filter(({ version }) => version === 2)).toEqual(
      before.filter(({ version }) => version === 2),
    )
  })
})

describe('versions that are not sound', () => {
  const sound = () => {
    const found = linesOf(moved.first.archive.read(path)).map((line) => JSON.parse(line))
    return found.find(({ content }: { content: RevisionContent }) => content.slug === 'soup')
  }

  it('are named by their line, and the others come', async () => {
    await using other = await createImportTarget()
    const { content, ...line } = sound()
    const lines = [
      { ...line, version: 0, content },
      { ...line, reason: 'magic', content },
      { ...line, content: { ...content, lexical: 'text' } },
      { ...line, post: '9', content },
      '{"cut":',
      '',
      { ...line, content },
      { ...line, version: 2, content },
      { ...line, version: 2, reason: 'restore', content },
    ]
    const text = lines.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
    const { warnings } = await other.run(
      await withParts(other, moved.first, { [path]: text.join('\n') }),
    )
    expect(warnings.map((warning) => warning.replace('rose-ash/revisions.ndjson, ', ''))).toEqual([
      'line 1: its field “version” cannot be read; it was left out.',
      'line 2: its field “reason” cannot be read; it was left out.',
      'line 3: its field “content.lexical” cannot be read; it was left out.',
      'line 5: it cannot be read; it was left out.',
      'line 4: its post is not here; it was left out.',
    ])
    const rows = await revisionsOf(other)
    expect(rows.map(({ version, now, reason }) => [version, now, reason])).toContainEqual([
      2,
      2,
      'import',
    ])
  })
})
