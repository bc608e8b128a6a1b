import { describe, expect, test } from 'vitest'
import { typeName } from '../graph/names.ts'
import { unrelate } from '../graph/relate.ts'
import { deleteType } from './delete-type.ts'
import { fieldDraft, relationDraft, typeDraft } from './test-drafts.ts'
import { createMetamodelTest } from './test-metamodel.ts'

const { createInstance, expectRefusal, findType, graph, save, saveRelation } =
  await createMetamodelTest()

describe('deleting a type', () => {
  test('is refused while there is something of it, below it, made of it or leading to it', async () => {
    await save(typeDraft({ slug: 'fruit', title: 'Fruit' }))
    const { edge } = await createInstance('fruit', 'An apple')
    await save(typeDraft({ slug: 'berry', title: 'Berry', supertypes: ['fruit'] }))
    const operands = ['fruit', 'article']
    await save(typeDraft({ slug: 'sweet', title: 'Sweet', kind: 'all-of', operands }))
    const fields = [fieldDraft('fruit', 'Reference', 'fruit')]
    await save(typeDraft({ slug: 'jam', title: 'Jam', fields }))
    const relation = relationDraft({ slug: 'tastes-of', title: 'Tastes of', anchors: ['fruit'] })
    await saveRelation(relation)
    const remove = () => deleteType(graph, 'fruit')
    const uses = [
      ['One post is of this type.', 'An apple'],
      ['There are types right below it.', 'Berry'],
      ['Other types are made of it.', 'Sweet'],
      ['Fields lead to it.', 'Jam'],
      ['Relations lead to it.', 'Tastes of'],
    ] as const
    for (const [message, title] of uses)
      await expectRefusal(remove, { message: new RegExp(message), place: null, titles: [title] })

    await unrelate(graph, edge)
    for (const slug of ['berry', 'sweet', 'jam'])
      expect(await deleteType(graph, slug)).toMatchObject({ status: 'deleted' })
    await saveRelation({ ...relation, isNew: false, anchors: [] })
    expect(await remove()).toEqual({ status: 'deleted', title: 'Fruit' })
    expect(await findType('fruit')).toBeUndefined()
    expect(graph.catalog.findType('fruit')).toBeUndefined()
    expect(await graph.edges.from(typeName('fruit'))).toEqual([])
  })
})
