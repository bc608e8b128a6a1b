import { afterAll, beforeAll, expect, it } from 'vitest'
import { createImportTarget, type ImportTarget } from '../ghost/test-import.ts'
import { pageSize } from './read-pages.ts'
import { exportFrom } from './test-export.ts'

const postCount = 1200

let target: ImportTarget
beforeAll(async () => {
  target = await createImportTarget()
  await target.query(`
    insert into tags (slug, name) select 'tag-' || n, 'Tag ' || n from generate_series(1, 250) n;
    insert into posts (type, slug, title, status, lexical, html, published_at)
      select 'post', 'letter-' || n, 'Letter ' || n, 'published',
        '{"root":{"type":"root","children":[{"type":"paragraph","children":[]}]}}', '', now()
      from generate_series(1, ${postCount}) n;
    insert into post_tags (post_id, tag_id, sort_order)
      select distinct on (posts.id) posts.id, tags.id, 0 from posts, tags
      order by posts.id, md5(posts.id::text || tags.id::text);
    insert into redirects (from_path, to_path)
      select '/old-' || n || '/', '/letter-' || n || '/' from generate_series(1, 300) n;
    insert into users (email, display_name)
      select 'member-' || n || '@example.org', 'Member' from generate_series(1, 300) n;
    insert into members (user_id) select id from users;
    insert into comments (post_id, author_name, html, status)
      select id, 'Wren', '<p>Yes.</p>', 'published' from posts`)
}, 60_000)
afterAll(() => target[Symbol.asyncDispose]())

it('however large a site is, no query gives out more than a page of it', async () => {
  const counts: number[] = []
  const { pool } = target.connection
  // The pool hands the connection out; what comes back over it is counted.
  pool.on('acquire', (client) => {
    const { connection } = client as unknown as { connection: NodeJS.EventEmitter }
    let rows = 0
    connection.on('dataRow', () => (rows += 1))
    connection.on('commandComplete', () => {
      counts.push(rows)
      rows = 0
    })
  })
  const { archive } = await exportFrom(target, {
    choice: { kind: 'everything', withRevisions: true, withMembers: true },
  })
  expect(archive.tables['posts']).toHaveLength(postCount)
  expect(archive.tables['posts_tags']).toHaveLength(postCount)
  expect(archive.paths.filter((path) => path.startsWith('markdown/'))).toHaveLength(postCount)
  expect(archive.read('members.csv').split('\r\n')).toHaveLength(302)
  expect(archive.read('redirects.yaml').match(/"\/old-/g)).toHaveLength(300)
  expect(JSON.parse(archive.read('rose-ash/comments.json')).comments).toHaveLength(postCount)
  expect(counts.length).toBeGreaterThan(50)
  expect(Math.max(...counts)).toBe(pageSize)
  // A few queries for a page, and none for a post.
  expect(counts.length).toBeLessThan(postCount / 4)
}, 120_000)
