import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { emptyTables } from '@rose-ash/testing/empty-tables'
import { createMenuNode } from '@rose-ash/testing/factories/menu'
import { createPage } from '@rose-ash/testing/factories/page'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createBlogApp } from '../../app.ts'

const connection = await createTestDatabase()
const { database } = connection
const blog = await createTestApp({ app: 'blog', create: createBlogApp, connection })
afterAll(async () => {
  await blog.close()
  await connection.close()
})
beforeEach(() => emptyTables(connection.pool, 'posts', 'menu_nodes'))

async function ask(type: string, parameters: Record<string, string> = {}): Promise<string> {
  const [html = ''] = await blog.fragments({ type, parameters })
  return html
}

describe('nav-tree', () => {
  test('is nothing while the menu is empty', async () => {
    expect(await ask('nav-tree')).toBe('')
  })

  test('has the menu in its order, with what stands under each entry', async () => {
    const us = await createMenuNode(database, { label: 'Us', path: '/us/', sortOrder: 2 })
    await createMenuNode(database, { label: 'Shop', app: 'market', path: '/', sortOrder: 1 })
    await createMenuNode(database, { label: 'Mill', path: '/mill/', parentId: us.id })
    const html = await ask('nav-tree')
    const links = [...html.matchAll(/href="([^"]+)">([^<]+)</g)].map(([, url, label]) => [
      label,
      url,
    ])
    expect(links).toEqual([
      ['Shop', 'http://market.localhost/'],
      ['Us', 'http://blog.localhost/us/'],
      ['Mill', 'http://blog.localhost/mill/'],
    ])
  })

  test('is a list and nothing but a list, and its labels are text', async () => {
    await createMenuNode(database, { label: '</ul><script>alert(1)</script>', path: '/x/' })
    const html = (await ask('nav-tree')).trim()
    expect(html).toMatch(/^<ul class="nav-tree">[^]*<\/ul>$/)
    expect(html).not.toContain('<script>')
  })
})

describe('link-card', () => {
  test('shows a published post with an address that works on other services', async () => {
    await createPost(database, {
      slug: 'rye',
      title: 'Rye <bread>',
      featureImage: '/content/rye.png',
    })
    const html = await ask('link-card', { slug: 'rye' })
    expect(html).toContain('href="http://blog.localhost/rye/"')
    expect(html).toContain('Rye &lt;bread&gt;')
    expect(html).toContain('Flour, water and salt.')
  })

  test('gives nothing away of a post for members', async () => {
    await createPost(database, { slug: 'rye', visibility: 'members', plaintext: 'Secret.' })
    const html = await ask('link-card', { slug: 'rye' })
    expect(html).toContain('Bread for the weekend')
    expect(html).not.toContain('Secret')
  })

  test('is nothing for what is not published or not there', async () => {
    await createPage(database, { slug: 'mill', status: 'draft' })
    expect(await ask('link-card', { slug: 'mill' })).toBe('')
    expect(await ask('link-card', { slug: 'none' })).toBe('')
    expect(await ask('link-card', { slug: '' })).toBe('')
    expect(await ask('link-card')).toBe('')
  })
})

test('nav-item leads to the blog from wherever it is shown', async () => {
  expect(await ask('nav-item')).toContain('data-app="blog" href="http://blog.localhost/">Blog</a>')
})
