import { eq, type SQL } from 'drizzle-orm'
import { posts } from '../../models/index.ts'
import { createPostResource } from '../content-api/posts.ts'
import { publicIdOf } from '../content-api/public-id.ts'
import type { Kind } from '../content-api/public-posts.ts'
import type { ContentSource } from '../content-api/resource.ts'
import { describeTagChange, readNewestTag, readTagsOfSlugs } from './tag-states.ts'
import { kindOf, type WebhookEvent } from './webhook-events.ts'
import type { WebhookNews } from './webhook-job.ts'

type Told = Omit<WebhookNews, 'webhookId'>

/**
 * What a target is told: of a post what everybody may read of it, and nothing of a draft but its name.
 * Undefined when it is no longer true; what is true now has news of its own.
 */
export async function webhookBody(source: ContentSource, told: Told): Promise<object | undefined> {
  const { event, objectId } = told
  const kind = kindOf(event)
  if (!kind || objectId === undefined) return { event }
  if (kind === 'tag') {
    const tag = await describeTagChange(source, { id: objectId, before: told.formerTag })
    return tag && { event, tag }
  }
  const states = await describeChange(source, kind, { ...told, objectId })
  return states && { event, [kind]: states }
}

/** As the real thing, of the newest post or page there is, marked as a test. */
export async function testBody(source: ContentSource, event: WebhookEvent): Promise<object> {
  const kind = kindOf(event)
  if (!kind) return { event, test: true }
  const newest =
    kind === 'tag' ? await readNewestTag(source) : await readPublished(source, kind, undefined)
  return { event, test: true, [kind]: { current: newest ?? {}, previous: {} } }
}

interface States {
  readonly current: object
  readonly previous: object
}

async function describeChange(
  source: ContentSource,
  kind: Kind,
  { event, objectId, slug, formerSlug, formerTags }: Told & { readonly objectId: string },
): Promise<States | undefined> {
  if (event.endsWith('.deleted') || event.endsWith('.unpublished')) {
    const known = await findName(source, objectId)
    if (known?.status === 'published') return undefined
    const name = { id: objectId, uuid: objectId, ...known, ...(slug !== undefined && { slug }) }
    return event.endsWith('.deleted')
      ? { current: {}, previous: { ...name, status: 'published' } }
      : { current: { ...name, status: 'draft' }, previous: { status: 'published' } }
  }
  const current = await readPublished(source, kind, eq(posts.id, objectId))
  if (!current) return undefined
  const previous = {
    ...(formerSlug !== undefined && { slug: formerSlug }),
    ...(formerTags && { tags: await readTagsOfSlugs(source, formerTags) }),
  }
  return { current, previous }
}

async function readPublished(
  source: ContentSource,
  kind: Kind,
  where: SQL | undefined,
): Promise<object | undefined> {
  const resource = createPostResource(source, kind)
  const orderBy = resource.orderBy(undefined)
  const wanted = {
    fields: undefined,
    include: new Set(['tags', 'authors', 'tiers']),
    formats: new Set(['html', 'plaintext']),
  }
  const [post] = await resource.read({ where, orderBy, limit: 1, offset: 0 }, wanted)
  return post && { ...post, status: 'published' }
}

/** What programs know it by; undefined when it is gone for good. */
async function findName({ database }: ContentSource, id: string) {
  const { sourceId, slug, sourceExtra, status } = posts
  const [post] = await database
    .select({ id: posts.id, sourceId, slug, sourceExtra, status })
    .from(posts)
    .where(eq(posts.id, id))
  if (!post) return undefined
  const uuid = post.sourceExtra['uuid']
  return {
    id: publicIdOf(post),
    uuid: typeof uuid === 'string' ? uuid : post.id,
    slug: post.slug,
    status: post.status,
  }
}
