import { createPost } from '@rose-ash/testing/factories/post'
import { describe, expect, test } from 'vitest'
import { objectName } from '../graph/names.ts'
import { relate } from '../graph/relate.ts'
import { saveType } from './save-type.ts'
import { fieldDraft, relationDraft, typeDraft } from './test-drafts.ts'
import { createMetamodelTest, problemsOf } from './test-metamodel.ts'
import type { TypeDraft } from './type-draft.ts'

const { createInstance, database, expectRefusal, findType, graph, save, saveRelation, setFields } =
  await createMetamodelTest()

describe('a change of a type', () => {
  test('with a new rule is refused with the posts that do not keep it, the first ten by name', async () => {
    await save(typeDraft({ slug: 'song' }))
    await createInstance('song', 'With a list', '<ul><li>One</li></ul>')
    for (let number = 0; number < 13; number += 1) await createInstance('song', `Song ${number}`)
    const schema = [{ block: 'list', message: 'A song needs a list.' }]
    const draft = typeDraft({ slug: 'song', title: 'Song', isNew: false, schema })
    const [problem, ...others] = problemsOf(await saveType(graph, draft))
    expect(others).toEqual([])
    expect(problem).toMatchObject({
      message: '“Song” asks for a list, and 13 posts have none.',
      place: 'rule-block-0',
      affected: { moreCount: 3 },
    })
    expect(problem?.affected?.objects).toHaveLength(10)
    expect((await findType('song'))?.schema).toEqual([])
  })

  test('with a new supertype is refused with the posts that do not keep its rules', async () => {
    await save(typeDraft({ slug: 'note' }))
    await createInstance('note', 'No heading')
    await createInstance('note', 'Heading', '<h2>Yes</h2>')
    const draft = typeDraft({ slug: 'note', isNew: false, supertypes: ['article'] })
    await expectRefusal(() => saveType(graph, draft), {
      message: /^“Article” asks for a heading, and 1 post has none\.$/,
      place: 'supertypes',
      titles: ['No heading'],
    })
  })

  test('made of others is refused with the posts that would newly be of it and not keep its rules', async () => {
    await save(typeDraft({ slug: 'red' }))
    await save(typeDraft({ slug: 'round' }))
    await createInstance('red', 'Tomato')
    const schema = [{ block: 'image', message: 'Show it.' }]
    const any = { kind: 'any-of', operands: ['red', 'round'], schema } as const
    await expectRefusal(() => saveType(graph, typeDraft({ slug: 'thing', ...any })), {
      message: /asks for a picture, and 1 post has none/,
      place: 'rule-block-0',
      titles: ['Tomato'],
    })
    await save(typeDraft({ slug: 'thing', ...any, kind: 'all-of' }))
  })

  test('is refused with the posts whose values would not be read any more', async () => {
    const fields = [fieldDraft('serves', 'Int'), fieldDraft('note', 'String')]
    await save(typeDraft({ slug: 'dish', fields }))
    const { name } = await createInstance('dish', 'Stew')
    const empty = await createInstance('dish', 'Empty')
    await setFields(name, { serves: 4, note: 'Warm' })
    await setFields(empty.name, { note: '' })
    const change = (changed: TypeDraft['fields']) => () =>
      saveType(graph, typeDraft({ slug: 'dish', isNew: false, fields: changed }))
    const lost = { message: /^1 post has a value for “The serves” that would not be read/ }
    const titles = ['Stew']
    const note = fieldDraft('note', 'Text')
    await expectRefusal(change([note]), { ...lost, place: 'fields', titles })
    const turned = [note, fieldDraft('serves', 'Bool')]
    await expectRefusal(change(turned), { ...lost, place: 'field-type-1', titles })
    await save(
      typeDraft({ slug: 'dish', isNew: false, fields: [fieldDraft('serves', 'Int'), note] }),
    )
  })

  test('is refused with the posts that would lose the fields of a supertype', async () => {
    await save(typeDraft({ slug: 'meal', fields: [fieldDraft('price', 'Int')] }))
    await save(typeDraft({ slug: 'lunch', supertypes: ['meal'] }))
    const { name } = await createInstance('lunch', 'Sandwich')
    await setFields(name, { price: 5 })
    const draft = typeDraft({ slug: 'lunch', isNew: false, supertypes: ['type'] })
    await expectRefusal(() => saveType(graph, draft), {
      message: /“The price” that would not be read/,
      place: 'supertypes',
      titles: ['Sandwich'],
    })
  })

  test('is refused when a field means two things, with the types where it does', async () => {
    await save(typeDraft({ slug: 'upper', title: 'Upper', fields: [fieldDraft('size', 'Int')] }))
    await save(typeDraft({ slug: 'lower', title: 'Lower', supertypes: ['upper'] }))
    const size = { fields: [fieldDraft('size', 'String')] }
    const message = /“size” is String in “Lower” and Int in “Upper”/
    const lower = typeDraft({ slug: 'lower', title: 'Lower', supertypes: ['upper'], ...size })
    await expectRefusal(() => saveType(graph, { ...lower, isNew: false }), {
      message,
      place: 'field-type-0',
    })
    await save(typeDraft({ slug: 'middle', title: 'Middle', ...size }))
    const both = typeDraft({ slug: 'lower', isNew: false, supertypes: ['upper', 'middle'] })
    await expectRefusal(() => saveType(graph, both), {
      message: /“size” is String in “Middle” and Int in “Upper”/,
      place: 'supertypes',
    })
    const under = typeDraft({ slug: 'middle', isNew: false, supertypes: ['upper'], ...size })
    await expectRefusal(() => saveType(graph, under), { message: /“size”/, place: 'field-type-0' })
  })

  test('is refused when a relation would lead to the wrong type, with what is related by it', async () => {
    await save(typeDraft({ slug: 'tool' }))
    await save(typeDraft({ slug: 'knife', supertypes: ['tool'] }))
    const relation = relationDraft({ slug: 'made-with', label: 'Made with', anchors: ['tool'] })
    await saveRelation(relation)
    const knife = await createInstance('knife', 'A knife')
    const soup = objectName('post', (await createPost(database, { title: 'Soup' })).id)
    await relate(graph, { source: soup, kind: 'made-with', target: knife.name })
    const draft = typeDraft({ slug: 'knife', isNew: false })
    await expectRefusal(() => saveType(graph, draft), {
      message: /^1 post has a “Made with” that would lead to the wrong type/,
      place: 'supertypes',
      titles: ['Soup'],
    })
  })
})
