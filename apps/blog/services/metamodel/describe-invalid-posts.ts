import type { Block, TypeSpec } from '../graph/metamodel.ts'
import { typeName } from '../graph/names.ts'
import { findInvalidPosts, type NewRule } from './find-invalid-posts.ts'
import { postsHave, type Problem, problemFor } from './problem.ts'
import type { Rehearsal } from './rehearse.ts'
import { placeOfEdges, type TypeEdit } from './type-edit.ts'

const parts: Readonly<Record<Block, string>> = {
  heading: 'a heading',
  paragraph: 'a paragraph',
  image: 'a picture',
  list: 'a list',
  quote: 'a quote',
  link: 'a link',
}

/** Posts that would not be taken any more as they are, by the rule that they do not keep. */
export async function describeInvalidPosts(
  edit: TypeEdit,
  rehearsal: Rehearsal,
): Promise<Problem[]> {
  const { transaction, draft, spec, titles } = edit
  const broken = await findInvalidPosts(transaction, newRulesOf(edit, rehearsal))
  const problems = []
  for (const { type, block, objects } of broken) {
    const own = spec.schema.findIndex((rule) => rule.block === block)
    const isOwn = type === draft.slug
    const title = isOwn ? draft.title : (titles.get(type) ?? type)
    const place = isOwn ? `rule-block-${own}` : placeOfEdges(edit)
    const message = `“${title}” asks for ${parts[block]}, and ${postsHave(objects.length)} none.`
    problems.push(await problemFor(transaction, { place, message }, objects))
  }
  return problems
}

/** By object: rules that the type has newly, and those of types that it would newly be of. */
function newRulesOf(edit: TypeEdit, { after, gained }: Rehearsal): Map<string, NewRule[]> {
  const { graph, draft, spec } = edit
  const { slug } = draft
  const known = graph.catalog.getType(slug).schema.map(({ block }) => block)
  const added = spec.schema.filter(({ block }) => !known.includes(block))
  const rules = new Map<string, NewRule[]>()
  const add = (object: string, type: string, schema: TypeSpec['schema']) => {
    if (schema.length === 0) return
    const list = rules.get(object) ?? []
    list.push(...schema.map(({ block }) => ({ type, block })))
    rules.set(object, list)
  }
  if (added.length > 0)
    for (const [object] of after.rel('instance').where([undefined, typeName(slug)]))
      if (!gained.get(String(object))?.includes(slug)) add(String(object), slug, added)
  for (const [object, types] of gained)
    for (const type of types)
      add(object, type, type === slug ? spec.schema : graph.catalog.getType(type).schema)
  return rules
}
