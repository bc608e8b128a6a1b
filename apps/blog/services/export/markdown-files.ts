import { outgoing, readOutgoing } from '../../graph/edges.ts'
import { PostgresKvStore } from '../../graph/kv/postgres-kv-store.ts'
import type { Database } from '../../models/index.ts'
import { slugify } from '../ghost/slugs.ts'
import { readFieldValuesOf, withNames } from '../graph/field-values.ts'
import { objectName } from '../graph/names.ts'
import type { GhostIds } from './ghost-ids.ts'
import { documentMarkdown } from './markdown/blocks.ts'
import { frontMatter } from './markdown/front-matter.ts'
import { exportedNames, namesIn } from './object-names.ts'
import { documentOf } from './post-row.ts'
import { groupByPost, type PostOfSite, readAuthorsOf, readPosts, readTagsOf } from './read-posts.ts'
import type { ZipFile } from './zip-file.ts'

export interface MarkdownFiles {
  readonly database: Database
  readonly ids: GhostIds
  readonly zip: ZipFile
  /** After each post. */
  readonly onPost: () => void
}

/** Every post and page as a text of its own. */
export async function addMarkdownFiles(files: MarkdownFiles): Promise<void> {
  const { database, zip, onPost } = files
  const isTaken = takenNames()
  for await (const page of readPosts(database)) {
    const ids = page.map(({ id }) => id)
    const tags = groupByPost(await readTagsOf(database, ids))
    const authors = groupByPost(await readAuthorsOf(database, ids))
    const typed = await readTyped(files, ids)
    for (const post of page) {
      const facts = factsOf(post, {
        tags: tags.get(post.id)?.map(({ name }) => name) ?? [],
        authors: authors.get(post.id)?.map(({ name }) => name) ?? [],
        ...typed(post.id),
      })
      const body = documentMarkdown(documentOf(post))
      await zip.add(pathOf(post, isTaken), [frontMatter(facts), body === '' ? '' : `\n${body}`])
      onPost()
    }
  }
}

interface Related {
  readonly tags: readonly string[]
  readonly authors: readonly string[]
  readonly types: readonly string[]
  readonly fields: Readonly<Record<string, unknown>>
}

function factsOf(post: PostOfSite, { tags, authors, types, fields }: Related) {
  return {
    title: post.title,
    slug: post.slug,
    date: post.publishedAt?.toISOString(),
    updated: post.updatedAt.toISOString(),
    status: post.status,
    visibility: post.visibility,
    tags,
    authors,
    excerpt: post.customExcerpt,
    featured: post.featured || undefined,
    feature_image: post.featureImage,
    feature_image_alt: post.featureImageAlt,
    feature_image_caption: post.featureImageCaption,
    canonical: post.canonicalUrl,
    language: post.language,
    meta: post.meta,
    types,
    fields,
  }
}

/** Types that posts were given, and what stands in their fields. */
async function readTyped(
  { database, ids: ghostIds }: Pick<MarkdownFiles, 'database' | 'ids'>,
  ids: readonly string[],
): Promise<(id: string) => Pick<Related, 'types' | 'fields'>> {
  const store = new PostgresKvStore({ database })
  const names = ids.map((id) => objectName('post', id))
  const edges = await store.scanAll(names.map((name) => [...outgoing, name, 'is-a']))
  const fields = await readFieldValuesOf(store, names)
  const types = new Map<string, string[]>()
  for (const { key } of edges) {
    const { source, target } = readOutgoing(key)
    types.set(source, [...(types.get(source) ?? []), target.replace(/^type:/, '')])
  }
  const mentioned = [...fields.values()].flatMap(namesIn)
  const exported = await exportedNames(database, ghostIds, mentioned)
  return (id) => {
    const name = objectName('post', id)
    return {
      types: types.get(name) ?? [],
      fields: withNames(fields.get(name) ?? {}, exported),
    }
  }
}

/** Longer names than this many bytes do not fit on some disks. */
const nameBytes = 200

/** A slug names a file, unless it is one that a disk or a person would stumble over. */
function pathOf({ type, slug, id }: PostOfSite, isTaken: (path: string) => boolean): string {
  const isPlain = /^[\p{L}\p{M}\p{N}_][\p{L}\p{M}\p{N}_-]*$/u.test(slug)
  const isFit = isPlain && Buffer.byteLength(slug) <= nameBytes
  const path = (name: string) => `markdown/${type}s/${name}.md`
  if (isFit && !isTaken(path(slug))) return path(slug)
  const other = path([slugify(slug).slice(0, 40), id].filter(Boolean).join('-'))
  isTaken(other)
  return other
}

/** Says whether a path was asked for before; letters that differ in case alone are one name on many disks. */
function takenNames(): (path: string) => boolean {
  const names = new Set<string>()
  return (path) => {
    const key = path.normalize('NFC').toLowerCase()
    const isKnown = names.has(key)
    names.add(key)
    return isKnown
  }
}
