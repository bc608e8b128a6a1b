import { createLog } from '@rose-ash/shared/infrastructure/log'
import { createTestDatabase } from '@rose-ash/testing/database'
import { createPost } from '@rose-ash/testing/factories/post'
import { afterAll, expect } from 'vitest'
import { writeFieldValues } from '../graph/field-values.ts'
import { objectName, typeName } from '../graph/names.ts'
import { createGraphAccess } from '../graph/open-graph.ts'
import { relate } from '../graph/relate.ts'
import { listMetamodel } from './list-metamodel.ts'
import type { DeleteResult, SaveResult } from './problem.ts'
import type { RelationDraft } from './relation-draft.ts'
import { saveRelation } from './save-relation.ts'
import { saveType } from './save-type.ts'
import type { TypeDraft } from './type-draft.ts'

interface ExpectedRefusal {
  readonly message: RegExp
  readonly place: string | null
  /** Of those that are named, in their order; undefined when nobody is. */
  readonly titles?: readonly string[]
}

/** A graph for the tests of one file, and what they do with it. */
export async function createMetamodelTest() {
  const connection = await createTestDatabase()
  const { database, pool } = connection
  const log = createLog({ app: 'blog', level: 'silent' })
  const access = createGraphAccess({ connection, log })
  const graph = await access.open()
  afterAll(async () => {
    await access[Symbol.asyncDispose]()
    await connection.close()
  })

  const createNamed = async (title: string, html = '<p>Words.</p>') =>
    objectName('post', (await createPost(database, { title, html })).id)
  const connect = async (source: string, kind: string, target: string) => {
    const edge = { source, kind, target }
    expect(await relate(graph, edge)).toEqual({ status: 'done' })
    return edge
  }
  /** Everything that an edit could have changed. */
  const everything = async () => ({
    rows: (await pool.query('select * from posts order by id')).rows,
    entries: await graph.store.scan([]),
  })

  return {
    database,
    graph,
    createNamed,
    connect,
    async createInstance(type: string, title: string, html?: string) {
      const name = await createNamed(title, html)
      return { name, edge: await connect(name, 'is-a', typeName(type)) }
    },
    async setFields(object: string, values: Record<string, string | number | boolean>) {
      await graph.store.write([await writeFieldValues(graph.store, object, values)])
    },
    async save(draft: TypeDraft) {
      expect(await saveType(graph, draft)).toEqual({ status: 'saved', slug: draft.slug })
    },
    async saveRelation(draft: RelationDraft) {
      expect(await saveRelation(graph, draft)).toEqual({ status: 'saved', slug: draft.slug })
    },
    async findType(slug: string) {
      return (await listMetamodel(graph)).types.find((type) => type.slug === slug)
    },
    async findRelation(slug: string) {
      return (await listMetamodel(graph)).relations.find((relation) => relation.slug === slug)
    },
    /** That an edit is refused for a reason, at a place, for these objects, and changes nothing. */
    async expectRefusal(edit: () => Promise<SaveResult | DeleteResult>, expected: ExpectedRefusal) {
      const before = await everything()
      const problems = problemsOf(await edit())
      const found = problems.find(({ message }) => expected.message.test(message))
      expect(found, JSON.stringify(problems)).toBeDefined()
      expect(found?.place).toBe(expected.place)
      expect(found?.affected?.objects.map(({ title }) => title).toSorted()).toEqual(expected.titles)
      expect(await everything()).toEqual(before)
    },
  }
}

/** Throws when nothing was refused. */
export function problemsOf(result: SaveResult | DeleteResult) {
  if (result.status !== 'refused') throw new Error(`It was not refused: ${JSON.stringify(result)}`)
  return result.problems
}

export function placesOf(result: SaveResult | DeleteResult): readonly string[] {
  return problemsOf(result)
    .map(({ place }) => String(place))
    .toSorted()
}
