import { createTestApp } from '@rose-ash/testing/app'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createPage } from '@rose-ash/testing/factories/page'
import { createMarketPlace, createProduct } from '@rose-ash/testing/factories/shop'
import { afterAll, expect, it } from 'vitest'
import { createMarketApp } from '../../app.ts'

const connection = await createTestDatabase()
const { database } = connection
const market = await createTestApp({ app: 'market', create: createMarketApp, connection })
afterAll(async () => {
  await market.close()
  await connection.close()
})

const page = await createPage(database, { slug: 'shop' })
const place = await createMarketPlace(database, { page, slug: 'bakery', name: 'The Bakery' })
await createProduct(database, { place, slug: 'rye', title: 'Rye loaf', summary: 'Dark and sour.' })

it('container-nav links a page’s market places, by their full address', async () => {
  const [html] = await market.fragments({
    type: 'container-nav',
    parameters: { containerType: 'page', containerId: page.id },
  })
  expect(html).toContain('href="http://market.localhost/shop/bakery/"')
  expect(html).toContain('The Bakery')
})

it('container-nav goes by the order and the labels that the page has for its market places', async () => {
  const { relations } = market.dependencies.services
  const parent = { type: 'page', id: (await createPage(database, { slug: 'green' })).id }
  const ids: string[] = []
  for (const name of ['Apples', 'Bread', 'Cheese']) {
    const values = { containerId: parent.id, name }
    const child = { type: 'market', id: (await createMarketPlace(database, values)).id }
    await relations.attach({ parent, child, label: name === 'Bread' ? 'Our loaves' : null })
    ids.unshift(child.id)
  }
  await relations.reorder({ parent, relationType: 'page->market', childIds: ids })
  const [html = ''] = await market.fragments({
    type: 'container-nav',
    parameters: { containerType: 'page', containerId: parent.id },
  })
  expect(html.match(/Apples|Bread|Our loaves|Cheese/g)).toEqual(['Cheese', 'Our loaves', 'Apples'])
})

it('link-card shows a product by its path', async () => {
  const [html] = await market.fragments({
    type: 'link-card',
    parameters: { path: '/shop/bakery/rye/' },
  })
  expect(html).toContain('href="http://market.localhost/shop/bakery/rye/"')
  expect(html).toContain('£4.20 800 g loaf')
  expect(html).toContain('Dark and sour.')
})

it('nav-item is there', async () => {
  const [html] = await market.fragments({ type: 'nav-item' })
  expect(html).toContain('href="http://market.localhost/"')
})

it('what is unknown or does not fit is nothing', async () => {
  const answers = await market.fragments(
    { type: 'link-card', parameters: { path: '/shop/bakery/nothing/' } },
    { type: 'link-card', parameters: { path: '/shop/' } },
    { type: 'link-card' },
    { type: 'container-nav', parameters: { containerType: 'page', containerId: 'x' } },
    {
      type: 'container-nav',
      parameters: { containerType: 'page', containerId: '00000000-0000-4000-8000-000000000000' },
    },
    { type: 'nothing-of-ours' },
  )
  expect(answers).toEqual(['', '', '', '', '', ''])
})
