import { createPost } from '@rose-ash/testing/factories/post'
import { describe, expect, test } from 'vitest'
import { typeName } from '../graph/names.ts'
import { relate, unrelate } from '../graph/relate.ts'
import { deleteType } from './delete-type.ts'
import { listMetamodel } from './list-metamodel.ts'
import { saveType } from './save-type.ts'
import { fieldDraft, typeDraft } from './test-drafts.ts'
import { createMetamodelTest, placesOf } from './test-metamodel.ts'

const { createInstance, database, expectRefusal, findType, graph, save } =
  await createMetamodelTest()

describe('a new type', () => {
  test('is a post, stands where it was put, and is listed with all it says', async () => {
    const draft = typeDraft({
      slug: 'recipe',
      title: 'Recipe',
      supertypes: ['article'],
      fields: [fieldDraft('serves', 'Int'), fieldDraft('after', 'Reference', 'recipe')],
      schema: [{ block: 'list', message: 'A recipe needs a list.' }],
    })
    await save(draft)
    expect(await findType('recipe')).toEqual({
      slug: 'recipe',
      title: 'Recipe',
      description: 'For a test.',
      supertypes: ['article'],
      kind: 'plain',
      operands: [],
      fields: [
        { name: 'serves', label: 'The serves', valueType: 'Int' },
        { name: 'after', label: 'The after', valueType: 'Reference', target: 'recipe' },
      ],
      schema: [{ block: 'list', message: 'A recipe needs a list.' }],
      instanceCount: 0,
      isSeed: false,
    })
    expect((await findType('article'))?.isSeed).toBe(true)
  })

  test('can be given to posts even when it was put below nothing', async () => {
    await save(typeDraft({ slug: 'loose', supertypes: [] }))
    expect((await findType('loose'))?.supertypes).toEqual(['type'])
    await createInstance('loose', 'On the loose')
    expect((await findType('loose'))?.instanceCount).toBe(1)
  })

  test('is refused without a slug, with a wrong one, one of the site’s, and one that is taken', async () => {
    await createPost(database, { slug: 'taken-by-a-post', title: 'The first' })
    const edit = (slug: string) => () => saveType(graph, typeDraft({ slug }))
    await expectRefusal(edit(''), { message: /give it a slug/, place: 'slug' })
    await expectRefusal(edit('Fruit cake'), { message: /small letters/, place: 'slug' })
    await expectRefusal(edit('new'), { message: /address of this site/, place: 'slug' })
    for (const [slug, title] of [
      ['article', 'Article'],
      ['related', 'Related'],
      ['taken-by-a-post', 'The first'],
    ] as const)
      await expectRefusal(edit(slug), { message: /is taken/, place: 'slug', titles: [title] })
  })

  test('is refused with what cannot be read of it, each at its input', async () => {
    const draft = typeDraft({
      slug: 'odd',
      title: '',
      supertypes: ['nonsense', 'odd'],
      kind: 'all-of',
      operands: ['article'],
      fields: [
        fieldDraft('Serves!', 'Int'),
        fieldDraft('what', 'Nothing'),
        fieldDraft('who', 'Reference'),
      ],
      schema: [{ block: 'heading', message: '' }],
    })
    expect(placesOf(await saveType(graph, draft))).toEqual([
      'field-name-0',
      'field-target-2',
      'field-type-1',
      'operands',
      'rule-message-0',
      'supertypes',
      'supertypes',
      'title',
    ])
    const twice = { fields: [fieldDraft('one', 'Int'), fieldDraft('one', 'Int')] }
    await expectRefusal(() => saveType(graph, typeDraft({ slug: 'odd', ...twice })), {
      message: /two fields with the name “one”/,
      place: 'field-name-1',
    })
    const lost = { fields: [fieldDraft('one', 'Reference', 'nonsense')] }
    await expectRefusal(() => saveType(graph, typeDraft({ slug: 'odd', ...lost })), {
      message: /which there is not/,
      place: 'field-target-0',
    })
  })
})

describe('live counts', () => {
  test('change when a post is related, also those of types above and of types made of others', async () => {
    await save(typeDraft({ slug: 'cake', supertypes: ['article'] }))
    await save(typeDraft({ slug: 'vegan' }))
    const operands = ['cake', 'vegan']
    await save(typeDraft({ slug: 'vegan-cake', kind: 'all-of', operands }))
    await save(typeDraft({ slug: 'treat', kind: 'any-of', operands: ['vegan-cake', 'cake'] }))
    const counts = async () => {
      const { types } = await listMetamodel(graph)
      const slugs = ['cake', 'vegan-cake', 'treat']
      return slugs.map((slug) => types.find((type) => type.slug === slug)?.instanceCount)
    }
    expect(await counts()).toEqual([0, 0, 0])
    const { name } = await createInstance('cake', 'Plain', '<h1>Cake</h1>')
    expect(await counts()).toEqual([1, 0, 1])
    const isVegan = { source: name, kind: 'is-a', target: typeName('vegan') }
    await relate(graph, isVegan)
    expect(await counts()).toEqual([1, 1, 1])
    await unrelate(graph, isVegan)
    expect(await counts()).toEqual([1, 0, 1])
  })
})

describe('a change of a type', () => {
  test('keeps its slug, and tells when the type is not there', async () => {
    await save(typeDraft({ slug: 'bread', fields: [fieldDraft('flour', 'String')] }))
    await save(typeDraft({ slug: 'bread', isNew: false, title: 'Loaf' }))
    expect(await findType('bread')).toMatchObject({ title: 'Loaf', fields: [] })
    const missing = typeDraft({ slug: 'nothing', isNew: false })
    expect(await saveType(graph, missing)).toEqual({ status: 'missing' })
    expect(await deleteType(graph, 'nothing')).toEqual({ status: 'missing' })
  })

  test('may bring about a cycle, but not a type above itself', async () => {
    await save(typeDraft({ slug: 'hen' }))
    await save(typeDraft({ slug: 'egg', supertypes: ['hen'] }))
    await createInstance('egg', 'An egg')
    await save(typeDraft({ slug: 'hen', isNew: false, supertypes: ['egg'] }))
    expect((await findType('hen'))?.supertypes).toEqual(['egg', 'type'])
    expect((await findType('hen'))?.instanceCount).toBe(1)
    const self = typeDraft({ slug: 'hen', isNew: false, supertypes: ['hen'] })
    await expectRefusal(() => saveType(graph, self), {
      message: /right above itself/,
      place: 'supertypes',
    })
  })

  test('keeps what every site needs', async () => {
    const article = typeDraft({ slug: 'article', isNew: false, supertypes: ['relation'] })
    await expectRefusal(() => saveType(graph, article), {
      message: /Every site needs this type to be below “Type”/,
      place: 'supertypes',
    })
    await expectRefusal(() => deleteType(graph, 'article'), {
      message: /Every site needs this type/,
      place: null,
    })
  })
})
