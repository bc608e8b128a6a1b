import type { TagState } from '@rose-ash/shared/events/activities'
import { eq, inArray, type SQL, sql } from 'drizzle-orm'
import { tags } from '../../models/index.ts'
import { describeTag } from '../content-api/describe-tag.ts'
import type { Answer, ContentSource } from '../content-api/resource.ts'
import { createTagResource } from '../content-api/tags.ts'

/** What is told of a tag: as it is, and what of it was otherwise. Undefined when that is no longer true. */
export async function describeTagChange(
  source: ContentSource,
  { id, before }: { readonly id: string; readonly before: TagState | undefined },
): Promise<{ readonly current: object; readonly previous: object } | undefined> {
  const [current] = await readTags(source, eq(tags.id, id))
  if (!before) return current && { current, previous: {} }
  const was = describeFormer(source, id, before)
  if (!current) return { current: {}, previous: was }
  const changed = Object.entries(was).filter(([name, value]) => current[name] !== value)
  return { current, previous: Object.fromEntries(changed) }
}

/** Of these slugs, in their order. Those that have been renamed or deleted since are left out. */
export async function readTagsOfSlugs(
  source: ContentSource,
  slugs: readonly string[],
): Promise<readonly Answer[]> {
  if (slugs.length === 0) return []
  const found = await readTags(source, inArray(tags.slug, [...slugs]))
  return slugs.flatMap((slug) => found.filter((tag) => tag['slug'] === slug))
}

/** Of the newest that there is. */
export async function readNewestTag(source: ContentSource): Promise<Answer | undefined> {
  const newest = sql`(select id from tags order by created_at desc, id desc limit 1)`
  const [tag] = await readTags(source, sql`${tags.id} = ${newest}`)
  return tag
}

function readTags(source: ContentSource, where: SQL): Promise<readonly Answer[]> {
  const resource = createTagResource(source)
  const orderBy = resource.orderBy(undefined)
  const wanted = { fields: undefined, include: new Set<string>(), formats: new Set<string>() }
  return resource.read({ where, orderBy, limit: 100, offset: 0 }, wanted)
}

/** Without an address: where it was is not where it is. */
function describeFormer(source: ContentSource, id: string, before: TagState): Answer {
  const row = { ...before, id, codeHead: null, codeFoot: null, hasPosts: false }
  const {
    url: _url,
    codeinjection_head: _head,
    codeinjection_foot: _foot,
    ...was
  } = describeTag(row, source)
  return was
}
