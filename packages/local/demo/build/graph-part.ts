import { edges, lists, relations, types, values } from '../source/graph.ts'
import { rowId } from './ghost-rows.ts'
import type { PostSource } from './post-source.ts'

/** What `rose-ash/graph.json` of an archive holds. Throws an Error that names a post which does not exist. */
export function buildGraphPart(sources: readonly PostSource[]): object {
  const nameOf = (object: string): string => {
    if (object.includes(':')) return object
    const post = sources.find(({ slug }) => slug === object)
    if (!post) throw new Error(`the graph names ${object}, which does not exist`)
    return `post:${rowId('posts', `${post.type} ${post.slug}`)}`
  }
  return {
    types,
    relations,
    edges: edges.map(([source, kind, target]) => ({
      source: nameOf(source),
      kind,
      target: nameOf(target),
    })),
    values: Object.entries(values).map(([slug, fields]) => ({
      object: nameOf(slug),
      values: fields,
    })),
    lists,
  }
}
