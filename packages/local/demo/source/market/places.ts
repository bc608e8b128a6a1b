import type { DemoCategory, DemoMarketFile } from '../../shapes.ts'
import { bakeryProducts } from './bakery.ts'
import { dryProducts } from './dry-goods.ts'
import { gardenProducts } from './farm.ts'
import { houseProducts, jarProducts } from './household.ts'
import { completeProduct, paragraph } from './product.ts'

function categories(names: readonly string[]): DemoCategory[] {
  return names.map((name, sortOrder) => ({
    slug: name.toLowerCase().replaceAll(' ', '-'),
    name,
    sortOrder,
  }))
}

export const market: DemoMarketFile = {
  marketPlaces: [
    {
      slug: 'bakery',
      name: 'The Bakery',
      pageSlug: 'shop',
      descriptionHtml: [
        'Baked every night but Saturday and on the shelf by seven. Order by noon to be sure of yours the next morning.',
        'All our bread is made in a kitchen with wheat, rye, oats, milk, egg, sesame and nuts.',
      ]
        .map(paragraph)
        .join(''),
      sortOrder: 0,
      image: {
        file: 'blog/content/images/2026/08/night-bake.webp',
        alt: 'A brick oven glowing at night with loaves inside and on the peel.',
        width: 1600,
        height: 1000,
      },
      categories: categories([
        'Loaves',
        'Rolls and flat breads',
        'Cakes and bakes',
        'For your own oven',
      ]),
      products: bakeryProducts.map(completeProduct),
    },
    {
      slug: 'wholefoods',
      name: 'Wholefoods',
      pageSlug: 'shop',
      descriptionHtml: [
        'Vegetables from Far Holme, dry goods bought by the sack, and things made by people you can meet on the stairs.',
        'What you see is what is on the shelf today. Boxes are packed on Thursdays.',
      ]
        .map(paragraph)
        .join(''),
      sortOrder: 1,
      image: {
        file: 'blog/content/images/2026/11/shop-shelves.webp',
        alt: 'Shelves of jars, bottles and bags above crates of vegetables.',
        width: 1600,
        height: 1000,
      },
      categories: categories([
        'From Far Holme',
        'Dairy and eggs',
        'Dry goods',
        'Jars and bottles',
        'For the house',
      ]),
      products: [...gardenProducts, ...dryProducts, ...jarProducts, ...houseProducts].map(
        completeProduct,
      ),
    },
  ],
}
