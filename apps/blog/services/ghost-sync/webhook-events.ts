import { z } from 'zod'

export type DeliveredKind = 'posts' | 'pages' | 'tags' | 'members'

/** What a delivery tells: that something has changed. The rest is read by the API. */
export interface DeliveredChange {
  /** `post.published.edited` */
  readonly event: string
  readonly resource: DeliveredKind
  readonly objectId: string
  /** As the site writes it; empty when it does not say. */
  readonly objectUpdatedAt: string
}

const side = z.looseObject({ id: z.string().max(64), updated_at: z.string().max(40) }).partial()
const change = z.looseObject({ current: side.catch({}), previous: side.catch({}) })
const bodySchema = z.looseObject({
  event: z.string().max(60),
  post: change.optional(),
  page: change.optional(),
  tag: change.optional(),
  member: change.optional(),
})

const resources = { post: 'posts', page: 'pages', tag: 'tags', member: 'members' } as const

/** Undefined for what names nothing that is followed here, `site.changed` for one. */
export function readDelivery(rawBody: Buffer): DeliveredChange | undefined {
  const { data: body } = bodySchema.safeParse(parse(rawBody))
  if (!body) return undefined
  for (const kind of ['post', 'page', 'tag', 'member'] as const) {
    const found = body[kind]
    const objectId = found?.current.id ?? found?.previous.id
    if (found && objectId) {
      const objectUpdatedAt = found.current.updated_at ?? found.previous.updated_at ?? ''
      return { event: body.event, resource: resources[kind], objectId, objectUpdatedAt }
    }
  }
  return undefined
}

function parse(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'))
  } catch {
    return undefined
  }
}

/** Those that an editor has to choose in Ghost, as they are called there. */
export const eventsToChoose: readonly {
  readonly heading: string
  readonly names: readonly string[]
}[] = [
  {
    heading: 'Posts',
    names: [
      'Post created',
      'Post deleted',
      'Post updated',
      'Post published',
      'Published post updated',
      'Post unpublished',
      'Post scheduled',
      'Post unscheduled',
      'Tag added to post',
      'Tag removed from post',
    ],
  },
  {
    heading: 'Pages',
    names: [
      'Page created',
      'Page deleted',
      'Page updated',
      'Page published',
      'Published page updated',
      'Page unpublished',
      'Tag added to page',
      'Tag removed from page',
    ],
  },
  { heading: 'Tags', names: ['Tag created', 'Tag updated', 'Tag deleted'] },
  { heading: 'Members', names: ['Member added', 'Member updated', 'Member deleted'] },
]
