import { z } from 'zod'
import { GhostFileError } from './import-error.ts'
import { isPermalink } from './permalinks.ts'
import { parseYaml } from './redirects-file.ts'
import { type PostFilter, readFilter } from './site-filter.ts'

export interface SiteCollection {
  /** `/blog/` */
  readonly path: string
  readonly permalink: string
  /** Undefined for one that takes every post. */
  readonly filter: PostFilter | undefined
  /** The tag whose posts it has, when that is all it asks. */
  readonly tag: string | undefined
}

/** What of routes.yaml says where things are. */
export interface SiteRoutes {
  readonly collections: readonly SiteCollection[]
  /** `/topic/{slug}/`; undefined when the site has no pages of tags or authors. */
  readonly tagPath: string | undefined
  readonly authorPath: string | undefined
  /** Paths that show one thing of the site. */
  readonly fixed: readonly {
    readonly path: string
    readonly kind: 'page' | 'post' | 'tag' | 'author'
    readonly slug: string
  }[]
  /** Sentences about what has no counterpart here. */
  readonly problems: readonly string[]
}

const path = z.string().startsWith('/').max(500)
const collection = z.looseObject({ permalink: z.string().max(500), filter: z.string().nullish() })
const fileSchema = z.looseObject({
  routes: z.record(z.string(), z.unknown()).nullish(),
  collections: z.record(z.string(), z.unknown()).nullish(),
  taxonomies: z.record(z.string(), z.string()).nullish(),
})

/** Reads a site's routes.yaml. Throws GhostFileError when it is none. */
export function readRoutes(text: string): SiteRoutes {
  const parsed = fileSchema.safeParse(parseYaml(text))
  if (!parsed.success) throw new GhostFileError('The file has no “collections” and “taxonomies”')
  const { collections, taxonomies, routes } = parsed.data
  const problems: string[] = []
  const found = Object.entries(collections ?? {}).flatMap(([at, value]) => {
    const read = readCollection(at, value)
    if (typeof read !== 'string') return [read]
    problems.push(`The collection “${at}”: ${read}.`)
    return []
  })
  const fixed = Object.entries(routes ?? {}).flatMap(([at, value]) => {
    const read = readFixed(at, value)
    if (!read) problems.push(`The route “${at}” has no counterpart here.`)
    return read ? [read] : []
  })
  for (const [name, value] of Object.entries(taxonomies ?? {})) {
    if (!['tag', 'author'].includes(name) || !isPermalink(value)) {
      problems.push(`The taxonomy “${name}” has no counterpart here.`)
    }
  }
  return {
    collections: found,
    tagPath: usable(taxonomies?.['tag']),
    authorPath: usable(taxonomies?.['author']),
    fixed,
    problems,
  }
}

function usable(permalink: string | undefined): string | undefined {
  return permalink !== undefined && isPermalink(permalink) ? permalink : undefined
}

function readCollection(at: string, value: unknown): SiteCollection | string {
  const short = typeof value === 'string' ? { permalink: value } : value
  const { data } = collection.safeParse(short)
  if (!data || !path.safeParse(at).success) return 'it has no permalink'
  const { permalink, filter: written } = data
  if (!isPermalink(permalink)) return `its permalink “${permalink}” has parts that are not known`
  const filter = written ? readFilter(written) : undefined
  if (written && !filter) return `its filter “${written}” asks what is not known`
  const [, tag] = /^(?:primary_)?tags?:([\p{L}\p{N}_-]+)$/u.exec(written ?? '') ?? []
  return { path: at, permalink, filter, tag }
}

const fixedRoute = z.looseObject({
  data: z.string().optional(),
  controller: z.string().optional(),
  filter: z.string().optional(),
})

/** A page under another address, or the posts of one tag. */
function readFixed(at: string, value: unknown): SiteRoutes['fixed'][number] | undefined {
  const { data } = fixedRoute.safeParse(value)
  if (!data || !path.safeParse(at).success) return undefined
  const named = data.data ?? (data.controller === 'channel' ? data.filter?.replace(':', '.') : '')
  const [, kind, slug] =
    /^(page|post|tag|author)\.([\p{L}\p{N}_-]+)$/u.exec(named?.trim() ?? '') ?? []
  if (!kind || !slug) return undefined
  return { path: at, kind: kind as 'page' | 'post' | 'tag' | 'author', slug }
}
