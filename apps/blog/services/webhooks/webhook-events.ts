import type { StoredActivity } from '@rose-ash/shared/events/activities'
import type { Kind } from '../content-api/public-posts.ts'

/** What integrations can hear of, by Ghost's names; for editors in words. */
export const webhookEvents = {
  'site.changed': 'Anything that readers see has changed',
  'post.added': 'A post is new here',
  'post.published': 'A post was published',
  'post.published.edited': 'A published post was changed',
  'post.edited': 'A post was changed',
  'post.unpublished': 'A post is a draft again',
  'post.deleted': 'A post was deleted',
  'page.added': 'A page is new here',
  'page.published': 'A page was published',
  'page.published.edited': 'A published page was changed',
  'page.edited': 'A page was changed',
  'page.unpublished': 'A page is a draft again',
  'page.deleted': 'A page was deleted',
  'post.tag.attached': 'A post has another tag',
  'post.tag.detached': 'A post has lost a tag',
  'page.tag.attached': 'A page has another tag',
  'page.tag.detached': 'A page has lost a tag',
  'tag.added': 'A tag is new here',
  'tag.edited': 'A tag was changed',
  'tag.deleted': 'A tag was deleted',
} as const

export type WebhookEvent = keyof typeof webhookEvents

export const webhookEventNames = Object.keys(webhookEvents) as readonly WebhookEvent[]

export function isWebhookEvent(name: string): name is WebhookEvent {
  return Object.hasOwn(webhookEvents, name)
}

/** What the event is about; undefined for the whole site. */
export function kindOf(event: WebhookEvent): Kind | 'tag' | undefined {
  const [kind] = event.split('.')
  return kind === 'post' || kind === 'page' || kind === 'tag' ? kind : undefined
}

export type ToldActivity = StoredActivity<
  'Create' | 'Update' | 'Delete' | 'PostTagsChanged' | 'TagChanged' | 'ImportFinished'
>

/**
 * The events of an activity, one that happened several times as often. `status` is what the post is now,
 * undefined when it is gone.
 */
export function eventsOf(
  activity: ToldActivity,
  status: string | undefined,
): readonly WebhookEvent[] {
  if (activity.type === 'ImportFinished') return ['site.changed']
  if (activity.type === 'TagChanged') return eventsOfTag(activity.payload.change)
  const kind = activity.objectType === 'Page' ? 'page' : 'post'
  switch (activity.type) {
    case 'Create':
      return [`${kind}.added`, `${kind}.published`, 'site.changed']
    case 'Update':
      return [`${kind}.edited`, `${kind}.published.edited`, 'site.changed']
    case 'PostTagsChanged':
      return [
        ...activity.payload.attached.map(() => `${kind}.tag.attached` as const),
        ...activity.payload.detached.map(() => `${kind}.tag.detached` as const),
      ]
    case 'Delete': {
      const isDraft = status === 'draft' || status === 'scheduled'
      return [isDraft ? `${kind}.unpublished` : `${kind}.deleted`, 'site.changed']
    }
  }
}

function eventsOfTag(change: 'added' | 'edited' | 'deleted'): readonly WebhookEvent[] {
  // Nobody can see a tag that no post has yet.
  return change === 'added' ? ['tag.added'] : [`tag.${change}`, 'site.changed']
}
