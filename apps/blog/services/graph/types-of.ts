import type { FieldSpec, SchemaRule } from './metamodel.ts'
import { parseName } from './names.ts'
import type { Graph } from './open-graph.ts'

/** Every type an object is of, those above its own included, as slugs in their order. */
export function typesOf({ views }: Graph, object: string): readonly string[] {
  const rows = views.database.rel('instance').where([object])
  return slugsOf(rows.map(([, type]) => String(type)))
}

/** Types that something of these types is of: themselves and all above them. */
export function typesAbove({ views }: Graph, slugs: readonly string[]): readonly string[] {
  const above = slugs.flatMap((slug) =>
    views.database
      .rel('subtype')
      .where([`type:${slug}`])
      .map(([, type]) => String(type)),
  )
  return [...new Set([...slugs, ...slugsOf(above)])].toSorted()
}

/** The names of all that is of a type. */
export function instancesOf({ views }: Graph, type: string): readonly string[] {
  return views.database
    .rel('instance')
    .where([undefined, type])
    .map(([object]) => String(object))
}

/** What these types ask for, each field once: of two with one name, that of the type that comes first. */
export function fieldsOfTypes({ catalog }: Graph, slugs: readonly string[]): readonly FieldSpec[] {
  const byName = new Map<string, FieldSpec>()
  for (const slug of slugs)
    for (const field of catalog.getType(slug).fields)
      if (!byName.has(field.name)) byName.set(field.name, field)
  return [...byName.values()]
}

export function schemaOfTypes({ catalog }: Graph, slugs: readonly string[]): readonly SchemaRule[] {
  return slugs.flatMap((slug) => catalog.getType(slug).schema)
}

function slugsOf(names: readonly string[]): readonly string[] {
  return names
    .flatMap((name) => {
      const parsed = parseName(name)
      return parsed?.kind === 'type' ? [parsed.slug] : []
    })
    .toSorted()
}
