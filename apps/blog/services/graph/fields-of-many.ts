import { describeObjects } from './describe-objects.ts'
import { readFieldValuesOf } from './field-values.ts'
import type { Graph } from './open-graph.ts'
import { showField, type ShownField } from './surroundings.ts'
import { fieldsOfTypes, typesOf } from './types-of.ts'

/** What the types of each object ask for, as everybody may see it: two queries at most, however many they are. */
export async function readFieldsOfMany(
  graph: Graph,
  objects: readonly string[],
): Promise<ReadonlyMap<string, readonly ShownField[]>> {
  const specs = new Map(
    objects.map((object) => [object, fieldsOfTypes(graph, typesOf(graph, object))] as const),
  )
  const typed = objects.filter((object) => (specs.get(object) ?? []).length > 0)
  if (typed.length === 0) return new Map()
  const values = await readFieldValuesOf(graph.store, typed)
  const references = typed.flatMap((object) =>
    (specs.get(object) ?? []).flatMap(({ name, valueType }) => {
      const value = values.get(object)?.[name]
      return valueType === 'Reference' && value ? [String(value)] : []
    }),
  )
  const described = await describeObjects(graph.database, references)
  return new Map(
    typed.map((object) => [
      object,
      (specs.get(object) ?? []).flatMap((spec) =>
        showField(spec, values.get(object)?.[spec.name], described),
      ),
    ]),
  )
}
