import { createAuthor, createPost, createTag } from '@rose-ash/testing/factories/post'
import { createEdges } from '../../../graph/edges.ts'
import { PostgresKvStore } from '../../../graph/kv/postgres-kv-store.ts'
import { putRelation, putType } from '../../graph/catalog.ts'
import { describePlainly } from '../../graph/plain-body.ts'
import { plantSeeds } from '../../graph/plant-seeds.ts'
import { createQuery } from '../../queries/saved-query.ts'
import { lexicalOf } from '../test-export.ts'
import type { ImportTarget } from '../test-import.ts'

const lexical = JSON.parse(lexicalOf('Flour, water and salt.'))
const pairing = { label: 'Goes with', inverseLabel: 'Goes with', isSymmetric: true } as const
const unique = { label: 'Made by', inverseLabel: 'Makes', isSymmetric: false } as const

/** For tests: posts of a type of a site's own, with fields, and related in every way. */
export async function plantGraph(target: ImportTarget): Promise<void> {
  const { database } = target.connection
  const store = new PostgresKvStore({ database })
  await plantSeeds(database, store)
  await createPost(database, {
    type: 'type',
    slug: 'recipe',
    title: 'Recipe',
    ...describePlainly('How.'),
  })
  for (const slug of ['pairs-with', 'made-by']) {
    await createPost(database, { type: 'relation', slug, title: slug, ...describePlainly('') })
  }
  await store.write([
    putType('recipe', {
      fields: [
        { name: 'minutes', label: 'Minutes', valueType: 'Int' },
        { name: 'after', label: 'After', valueType: 'Reference', target: 'recipe' },
      ],
      schema: [{ block: 'list', message: 'A recipe needs a list.' }],
    }),
    // What every site begins with, changed by an editor.
    putType('article', { fields: [], schema: [] }),
    putRelation('pairs-with', { ...pairing, cardinality: 'many-to-many' }),
    putRelation('made-by', { ...unique, cardinality: 'one-to-one' }),
  ])
  const tag = await createTag(database, { slug: 'bread' })
  const author = await createAuthor(database, { slug: 'wren', name: 'Wren' })
  const loaf = await createPost(database, { slug: 'loaf', lexical, tags: [tag], authors: [author] })
  const soup = await createPost(database, { slug: 'soup', lexical })
  const [a, b] = [`post:${loaf.id}`, `post:${soup.id}`]
  await createEdges(store, (kind) => ['pairs-with', 'related'].includes(kind)).change({
    add: [
      { source: 'type:recipe', kind: 'subtype-of', target: 'type:article' },
      { source: a, kind: 'is-a', target: 'type:recipe' },
      { source: b, kind: 'is-a', target: 'type:recipe' },
      { source: a, kind: 'pairs-with', target: b },
      { source: a, kind: 'made-by', target: `author:${author.id}` },
      { source: a, kind: 'tagged', target: `tag:${tag.id}` },
      { source: a, kind: 'written-by', target: `author:${author.id}` },
      { source: `tag:${tag.id}`, kind: 'is-a', target: 'type:tag' },
      { source: a, kind: 'related', target: 'https://example.org/' },
    ],
  })
  await store.put(['fields', a], { minutes: 90, after: b })
  await createQuery(store, {
    slug: 'with-soup',
    title: 'With soup',
    description: 'What it goes with.',
    text: `?- link("${b}", "pairs-with", P).`,
    limit: 20,
    isPublic: true,
    order: 'title',
  })
}
