/**
 * How the graph names objects. Posts, tags and authors are named by their id; types and relations, whose slugs never
 * change, by their slug, so that rules and questions can be read. Anything else is an address elsewhere.
 */
export type NamedObject =
  | { readonly kind: 'post' | 'tag' | 'author'; readonly id: string }
  | { readonly kind: 'type' | 'relation'; readonly slug: string }
  | { readonly kind: 'elsewhere'; readonly address: string }

const idPattern =
  /^(post|tag|author):([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/
const slugPattern = /^(type|relation):([a-z0-9]+(?:-[a-z0-9]+)*)$/

export function objectName(kind: 'post' | 'tag' | 'author', id: string): string {
  return `${kind}:${id}`
}

export function typeName(slug: string): string {
  return `type:${slug}`
}

export function relationName(slug: string): string {
  return `relation:${slug}`
}

/** Undefined for what is no name at all. */
export function parseName(name: string): NamedObject | undefined {
  const [, idKind, id] = idPattern.exec(name) ?? []
  if (idKind && id) return { kind: idKind as 'post' | 'tag' | 'author', id }
  const [, slugKind, slug] = slugPattern.exec(name) ?? []
  if (slugKind && slug) return { kind: slugKind as 'type' | 'relation', slug }
  if (!/^https?:\/\//.test(name) || !URL.canParse(name)) return undefined
  return { kind: 'elsewhere', address: name }
}
