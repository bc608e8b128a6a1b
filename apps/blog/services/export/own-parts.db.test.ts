import { createUser } from '@rose-ash/testing/factories/member'
import { createMenuNode } from '@rose-ash/testing/factories/menu'
import { createPost, createTag } from '@rose-ash/testing/factories/post'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createEdges } from '../../graph/edges.ts'
import { PostgresKvStore } from '../../graph/kv/postgres-kv-store.ts'
import { comments, members, pageFeatures, postRevisions } from '../../models/index.ts'
import { createImportTarget, type ImportTarget } from '../ghost/test-import.ts'
import { plantSeeds } from '../graph/plant-seeds.ts'
import { exportFrom, type TestExport } from './test-export.ts'

const secretAddress = 'nobody-else@example.org'
const memberAddress = 'member@example.org'

let target: ImportTarget
let exported: TestExport
let postId: string
let tagId: string
let pageId: string
beforeAll(async () => {
  target = await createImportTarget()
  const { database } = target.connection
  const store = new PostgresKvStore({ database })
  await plantSeeds(database, store)
  const tag = await createTag(database, { slug: 'bread' })
  const page = await createPost(database, { type: 'page', slug: 'mill' })
  const post = await createPost(database, {
    slug: 'loaf',
    tags: [tag],
    lexical: { root: { type: 'root', children: [] } },
  })
  const trashed = await createPost(database, { slug: 'old', status: 'trashed' })
  const edge = (source: string, kind: string, to: string) => ({ source, kind, target: to })
  await createEdges(store, () => false).change({
    add: [
      edge(`post:${post.id}`, 'is-a', 'type:article'),
      edge(`post:${post.id}`, 'tagged', `tag:${tag.id}`),
      edge(`post:${post.id}`, 'related', `post:${trashed.id}`),
      edge(`post:${post.id}`, 'cites', 'https://example.org/'),
    ],
  })
  await store.put(['fields', `post:${post.id}`], { subtitle: 'On bread', about: `post:${page.id}` })
  await createMenuNode(database, { label: 'The mill', path: '/mill/' })
  await database.insert(pageFeatures).values({ pageId: page.id, feature: 'market' })
  const stranger = await createUser(database, { email: secretAddress, displayName: 'Wren' })
  const member = await createUser(database, { email: memberAddress })
  await database.insert(members).values({ userId: member.id })
  const said = { postId: post.id, userId: stranger.id, authorName: 'Wren', html: '<p>Good.</p>' }
  await database.insert(comments).values([
    { ...said, status: 'published' },
    { ...said, status: 'deleted', html: '<p>Bad.</p>' },
  ])
  await database.insert(postRevisions).values({
    postId: post.id,
    version: 1,
    reason: 'save',
    content: { title: 'First title' } as never,
  })
  exported = await exportFrom(target, {
    choice: { kind: 'everything', withRevisions: true, withMembers: false },
  })
  const { posts = [], tags = [] } = exported.archive.tables
  postId = String(posts.find(({ slug }) => slug === 'loaf')?.['id'])
  pageId = String(posts.find(({ slug }) => slug === 'mill')?.['id'])
  tagId = String(tags[0]?.['id'])
})
afterAll(() => target[Symbol.asyncDispose]())

describe('what only this platform has', () => {
  const readJson = (path: string) => JSON.parse(exported.archive.read(path))

  it('is there with the names that the Ghost export gives to objects', () => {
    const { types, relations, edges, values } = readJson('rose-ash/graph.json')
    expect(types).toContainEqual(
      expect.objectContaining({ slug: 'article', title: 'Article', fields: expect.any(Array) }),
    )
    expect(relations).toContainEqual(expect.objectContaining({ slug: 'is-a', isSymmetric: false }))
    expect(edges).toContainEqual({ source: `post:${postId}`, kind: 'is-a', target: 'type:article' })
    expect(edges).toContainEqual({
      source: `post:${postId}`,
      kind: 'tagged',
      target: `tag:${tagId}`,
    })
    expect(edges).toContainEqual({
      source: `post:${postId}`,
      kind: 'cites',
      target: 'https://example.org/',
    })
    expect(edges.some(({ kind }: { kind: string }) => kind === 'related')).toBe(false)
    expect(values).toEqual([
      { object: `post:${postId}`, values: { subtitle: 'On bread', about: `post:${pageId}` } },
    ])
  })

  it('stands in the head of a Markdown text', () => {
    const text = exported.archive.read('markdown/posts/loaf.md')
    const [, front = ''] = text.split('---\n')
    expect(parse(front)).toMatchObject({
      types: ['article'],
      fields: { subtitle: 'On bread', about: `post:${pageId}` },
    })
  })

  it('has the comments that were not taken back', () => {
    const { comments: list } = readJson('rose-ash/comments.json')
    expect(list).toHaveLength(1)
    expect(list[0]).toMatchObject({ post: postId, authorName: 'Wren', html: '<p>Good.</p>' })
  })

  it('has the menus and what pages offer', () => {
    const { nodes, features } = readJson('rose-ash/navigation.json')
    expect(nodes).toMatchObject([{ label: 'The mill', app: 'blog', path: '/mill/' }])
    expect(features).toMatchObject([{ feature: 'market' }])
    const navigation = exported.archive.tables['settings']?.find(({ key }) => key === 'navigation')
    expect(JSON.parse(String(navigation?.['value']))).toEqual([
      { label: 'The mill', url: '/mill/' },
    ])
  })

  it('has every save where it was asked for', () => {
    const lines = exported.archive.read('rose-ash/revisions.ndjson').trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { post: postId, version: 1, reason: 'save', content: { title: 'First title' } },
    ])
  })
})

describe('people', () => {
  const textsOf = ({ archive }: TestExport) =>
    archive.paths.filter((path) => !path.startsWith('content/')).map((path) => archive.read(path))

  it('are in no file with their addresses unless members were asked for', async () => {
    expect(exported.archive.paths).not.toContain('members.csv')
    expect(textsOf(exported).join('\n')).not.toMatch(/(?:nobody-else|member)@/)
    expect(exported.archive.read('README.txt')).toContain('Not in this archive')
    const whole = textsOf(await exportFrom(target)).join('\n')
    expect(whole).toContain(memberAddress)
    // Somebody who comments is no member for that.
    expect(whole).not.toContain(secretAddress)
  })
})
