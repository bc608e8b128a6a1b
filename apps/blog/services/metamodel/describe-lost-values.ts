import type { FieldSpec } from '../graph/metamodel.ts'
import { typeName } from '../graph/names.ts'
import { instancesOf, typesOf } from '../graph/types-of.ts'
import { type FieldChange, findLostValues } from './find-lost-values.ts'
import { postsHave, type Problem, problemFor } from './problem.ts'
import type { Rehearsal } from './rehearse.ts'
import { placeOfEdges, type TypeEdit } from './type-edit.ts'

/** Posts with values that would not be read any more, by their field. */
export async function describeLostValues(edit: TypeEdit, rehearsal: Rehearsal): Promise<Problem[]> {
  const { graph, inside, transaction, draft } = edit
  const lost = await findLostValues(graph, inside, fieldChangesOf(edit, rehearsal))
  const problems = []
  for (const { name, label, objects } of lost) {
    const own = draft.fields.findIndex((field) => field.name === name)
    const wasOwn = graph.catalog.getType(draft.slug).fields.some((field) => field.name === name)
    const place = own >= 0 ? `field-type-${own}` : wasOwn ? 'fields' : placeOfEdges(edit)
    const message = `${postsHave(objects.length)} a value for “${label}” that would not be read any more.`
    problems.push(await problemFor(transaction, { place, message }, objects))
  }
  return problems
}

function fieldChangesOf(edit: TypeEdit, { gained, lost }: Rehearsal): Map<string, FieldChange> {
  const { graph, draft, spec } = edit
  const { slug } = draft
  const known = graph.catalog.getType(slug).fields
  const isSame = (one: FieldSpec, other: FieldSpec) =>
    one.name === other.name && one.valueType === other.valueType && one.target === other.target
  const isLess = known.some((field) => !spec.fields.some((other) => isSame(field, other)))
  const objects = new Set([
    ...(isLess ? instancesOf(graph, typeName(slug)) : []),
    ...gained.keys(),
    ...lost.keys(),
  ])
  const before = byTypes((type) => graph.catalog.getType(type).fields)
  const after = byTypes((type) => (type === slug ? spec : graph.catalog.getType(type)).fields)
  return new Map(
    [...objects].map((object) => {
      const types = typesOf(graph, object)
      const wanted = types.filter((type) => !lost.get(object)?.includes(type))
      const all = [...wanted, ...(gained.get(object) ?? [])].toSorted()
      return [object, { before: before(types), after: after(all) }]
    }),
  )
}

/** The fields of these types, each name once, as posts are shown and edited: that of the first type. */
function byTypes(fieldsOf: (type: string) => readonly FieldSpec[]) {
  const found = new Map<string, readonly FieldSpec[]>()
  return (types: readonly string[]): readonly FieldSpec[] => {
    const key = types.join(' ')
    const fields = found.get(key) ?? [
      ...new Map(
        types.toReversed().flatMap((type) => fieldsOf(type).map((field) => [field.name, field])),
      ).values(),
    ]
    found.set(key, fields)
    return fields
  }
}
