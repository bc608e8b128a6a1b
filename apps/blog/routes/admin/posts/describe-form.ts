import { describeObjects } from '../../../services/graph/describe-objects.ts'
import type { FieldProblem, FieldValues } from '../../../services/graph/field-values.ts'
import { type FieldSpec, widgetOf } from '../../../services/graph/metamodel.ts'
import { objectName, typeName } from '../../../services/graph/names.ts'
import type { Graph } from '../../../services/graph/open-graph.ts'
import { fieldsOfTypes, instancesOf, typesAbove } from '../../../services/graph/types-of.ts'
import { objectUrl, postUrl } from '../addresses.ts'

export interface ShownPost {
  readonly id: string | undefined
  readonly title: string
  /** Undefined when the body was written elsewhere. */
  readonly markdown: string | undefined
  readonly types: readonly string[]
  readonly isPublished: boolean
  readonly values: FieldValues | Readonly<Record<string, unknown>>
  readonly messages: readonly string[]
  readonly problems: readonly FieldProblem[]
}

/** The kinds that are for the metamodel itself are no types for a post. */
const innerTypes = ['type', 'relation', 'tag']
const mostChoices = 500

export async function describeForm(graph: Graph, post: ShownPost): Promise<object> {
  const slugs = graph.catalog.types.filter((slug) => !innerTypes.includes(slug))
  const described = await describeObjects(graph.database, slugs.map(typeName))
  const specs = fieldsOfTypes(graph, typesAbove(graph, post.types))
  const fields = []
  for (const spec of specs) fields.push(await describeField(graph, spec, post))
  return {
    action: post.id ? postUrl(post.id) : '/admin/posts/new',
    id: post.id ?? null,
    title: post.title,
    hasBody: post.markdown !== undefined,
    markdown: post.markdown ?? '',
    isPublished: post.isPublished,
    types: slugs.map((slug) => ({
      slug,
      title: described.get(typeName(slug))?.title ?? slug,
      isChosen: post.types.includes(slug),
    })),
    fields,
    objectUrl: post.id ? objectUrl(objectName('post', post.id)) : null,
    messages: [...post.messages, ...post.problems.map(({ message }) => message)],
  }
}

async function describeField(graph: Graph, spec: FieldSpec, { values, problems }: ShownPost) {
  const { name, label, valueType } = spec
  const value = values[name]
  const widget = widgetOf(spec)
  return {
    id: `field-${name}`,
    name: `field-${name}`,
    label,
    widget,
    type: widget,
    isLong: widget === 'textarea',
    isBox: widget === 'checkbox',
    isChoice: widget === 'picker',
    value: typeof value === 'string' || typeof value === 'number' ? String(value) : '',
    isOn: value === true || value === 'on',
    choices: valueType === 'Reference' ? await choicesOf(graph, spec, value) : [],
    hint: null,
    autocomplete: 'off',
    required: false,
    error: problems.find(({ field }) => field === name)?.message ?? null,
  }
}

async function choicesOf(graph: Graph, { target }: FieldSpec, value: unknown) {
  const described = await describeObjects(
    graph.database,
    instancesOf(graph, typeName(target ?? '')).slice(0, mostChoices),
  )
  return [...described.values()]
    .toSorted((one, other) => one.title.localeCompare(other.title))
    .map(({ name, title }) => ({ value: name, title, isChosen: name === value }))
}
