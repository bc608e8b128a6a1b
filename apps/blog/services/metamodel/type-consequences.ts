import { describeInvalidPosts } from './describe-invalid-posts.ts'
import { describeLostValues } from './describe-lost-values.ts'
import { describeMisplaced } from './describe-misplaced.ts'
import { type FieldOfType, findFieldConflicts } from './find-field-conflicts.ts'
import { type Problem, problemAt } from './problem.ts'
import { rehearse, unchanged } from './rehearse.ts'
import { placeOfEdges, type TypeEdit } from './type-edit.ts'

/** What a type would do to what is there: each of these is a reason not to change it like this. */
export async function findConsequences(edit: TypeEdit): Promise<readonly Problem[]> {
  const { graph, draft, change } = edit
  const conflicts = describeConflicts(edit)
  if (conflicts.length > 0) return conflicts
  // Nothing is of a new type that is not made of others.
  const rehearsal =
    draft.isNew && draft.kind === 'plain'
      ? unchanged(graph.views.database)
      : rehearse(graph.views, change)
  return [
    ...(await describeInvalidPosts(edit, rehearsal)),
    ...(await describeLostValues(edit, rehearsal)),
    ...(await describeMisplaced(edit, rehearsal, placeOfEdges(edit))),
  ]
}

function describeConflicts({ graph, draft, spec, change, titles }: TypeEdit): Problem[] {
  const titleOf = ({ type }: FieldOfType) =>
    type === draft.slug ? draft.title : (titles.get(type) ?? type)
  return findFieldConflicts(graph, { slug: draft.slug, spec, change }).map((conflict) => {
    const { name, one, other } = conflict
    const own = spec.fields.findIndex((field) => field.name === name)
    const isOwn = own >= 0 && [one.type, other.type].includes(draft.slug)
    return problemAt(
      isOwn ? `field-type-${own}` : 'supertypes',
      `The field “${name}” is ${one.field.valueType} in “${titleOf(one)}” and ${other.field.valueType} in “${titleOf(other)}”: what is of both could have only one of them.`,
    )
  })
}
