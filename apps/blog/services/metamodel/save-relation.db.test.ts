import { describe, expect, test } from 'vitest'
import { relationName, typeName } from '../graph/names.ts'
import { relate, unrelate } from '../graph/relate.ts'
import { deleteRelation } from './delete-relation.ts'
import { saveRelation } from './save-relation.ts'
import { relationDraft } from './test-drafts.ts'
import { createMetamodelTest, placesOf } from './test-metamodel.ts'

const {
  connect,
  createNamed,
  expectRefusal,
  findRelation,
  graph,
  saveRelation: save,
} = await createMetamodelTest()

describe('a new relation', () => {
  test('is a post of the type relation, declared by its types, and counts what is related', async () => {
    await save(relationDraft({ slug: 'cooked-by', anchors: ['article'] }))
    expect(
      graph.views.database.has('is_a', [relationName('cooked-by'), typeName('relation')]),
    ).toBe(true)
    const [soup, cook] = [await createNamed('Soup'), await createNamed('A cook')]
    await connect(cook, 'is-a', typeName('article'))
    await connect(soup, 'cooked-by', cook)
    expect(await findRelation('cooked-by')).toEqual({
      slug: 'cooked-by',
      title: 'The cooked-by',
      description: 'For a test.',
      label: 'Goes with',
      inverseLabel: 'Went with',
      isSymmetric: false,
      cardinality: 'many-to-many',
      anchors: ['article'],
      edgeCount: 1,
      isSeed: false,
    })
    expect(await relate(graph, { source: cook, kind: 'cooked-by', target: soup })).toMatchObject({
      status: 'refused',
    })
  })

  test('is refused with what cannot be read of it, each at its input', async () => {
    const wrong = relationDraft({
      slug: 'Wrong',
      title: '',
      label: '',
      inverseLabel: '',
      cardinality: 'some',
      anchors: ['nonsense'],
    })
    expect(placesOf(await saveRelation(graph, wrong))).toEqual([
      'anchors',
      'cardinality',
      'inverse-label',
      'label',
      'slug',
      'title',
    ])
    await expectRefusal(() => saveRelation(graph, relationDraft({ slug: 'contains' })), {
      message: /taken/,
      place: 'slug',
      titles: ['Contains'],
    })
  })

  test('that holds both ways needs one label', async () => {
    await save(relationDraft({ slug: 'near', label: 'Near', inverseLabel: '', isSymmetric: true }))
    expect(await findRelation('near')).toMatchObject({ inverseLabel: 'Near', isSymmetric: true })
  })
})

describe('a change of a relation', () => {
  test('to fewer at one end is refused with those that have more', async () => {
    await save(relationDraft({ slug: 'about', label: 'About', inverseLabel: 'Subject of' }))
    const [one, two, three] = [
      await createNamed('One'),
      await createNamed('Two'),
      await createNamed('Three'),
    ]
    await connect(one, 'about', two)
    await connect(one, 'about', three)
    const change = (cardinality: string) => () =>
      saveRelation(
        graph,
        relationDraft({
          slug: 'about',
          isNew: false,
          label: 'About',
          inverseLabel: 'Subject of',
          cardinality,
        }),
      )
    const more = { message: /^1 post has more than one “About” already\.$/, place: 'cardinality' }
    await expectRefusal(change('many-to-one'), { ...more, titles: ['One'] })
    expect(await change('one-to-many')()).toMatchObject({ status: 'saved' })
    await unrelate(graph, { source: one, kind: 'about', target: three })
    expect(await change('one-to-one')()).toMatchObject({ status: 'saved' })
    expect(await change('many-to-many')()).toMatchObject({ status: 'saved' })
    await connect(three, 'about', two)
    await expectRefusal(change('one-to-many'), {
      message: /^1 post has more than one “Subject of” already\.$/,
      place: 'cardinality',
      titles: ['Two'],
    })
  })

  test('of whether it holds both ways is refused while something is related, with how much', async () => {
    const draft = relationDraft({ slug: 'beside', isSymmetric: true })
    await save(draft)
    const [left, right] = [await createNamed('Left'), await createNamed('Right')]
    await connect(left, 'beside', right)
    const change = () => saveRelation(graph, { ...draft, isNew: false, isSymmetric: false })
    expect((await findRelation('beside'))?.edgeCount).toBe(1)
    await expectRefusal(change, {
      message: /^One pair is related by it as it is/,
      place: 'symmetric',
      titles: ['Left', 'Right'],
    })
    await unrelate(graph, { source: right, kind: 'beside', target: left })
    expect(await change()).toMatchObject({ status: 'saved' })
    expect(graph.catalog.isSymmetric('beside')).toBe(false)
  })

  test('of the types it leads to is refused with what is related to anything else', async () => {
    const draft = relationDraft({ slug: 'uses', label: 'Uses' })
    await save(draft)
    const [baker, oven] = [await createNamed('Baker'), await createNamed('Oven')]
    await connect(baker, 'uses', oven)
    const change = () => saveRelation(graph, { ...draft, isNew: false, anchors: ['article'] })
    await expectRefusal(change, {
      message: /^1 post has a “Uses” that would lead to the wrong type/,
      place: 'anchors',
      titles: ['Baker'],
    })
    await connect(oven, 'is-a', typeName('article'))
    expect(await change()).toMatchObject({ status: 'saved' })
  })

  test('keeps what every site needs', async () => {
    const isA = relationDraft({ slug: 'is-a', isNew: false, anchors: ['article'] })
    await expectRefusal(() => saveRelation(graph, isA), {
      message: /Every site needs this relation to lead to “Type”/,
      place: 'anchors',
    })
    const conj = relationDraft({ slug: 'conj', isNew: false, anchors: ['type'], isSymmetric: true })
    await expectRefusal(() => saveRelation(graph, conj), {
      message: /Every site needs this relation to hold the way it does/,
      place: 'symmetric',
    })
    await expectRefusal(() => deleteRelation(graph, 'related'), {
      message: /Every site needs this relation/,
      place: null,
    })
  })
})

describe('deleting a relation', () => {
  test('is refused while something is related by it', async () => {
    await save(relationDraft({ slug: 'likes', title: 'Likes' }))
    const [cat, fish] = [await createNamed('Cat'), await createNamed('Fish')]
    await connect(cat, 'likes', fish)
    const remove = () => deleteRelation(graph, 'likes')
    await expectRefusal(remove, {
      message: /^One pair is related by it/,
      place: null,
      titles: ['Cat'],
    })
    await unrelate(graph, { source: cat, kind: 'likes', target: fish })
    expect(await remove()).toEqual({ status: 'deleted', title: 'Likes' })
    expect(await findRelation('likes')).toBeUndefined()
    expect(graph.catalog.findRelation('likes')).toBeUndefined()
    expect(await graph.edges.from(relationName('likes'))).toEqual([])
    expect(await remove()).toEqual({ status: 'missing' })
  })
})
