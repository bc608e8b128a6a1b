/** Everybody, in full: some servers compare strings. */
export const everybody = 'https://www.w3.org/ns/activitystreams#Public'

export const activityStreams = 'https://www.w3.org/ns/activitystreams'

/**
 * The smallest contexts that are true, one for each kind of document. Names from elsewhere stand in them by
 * themselves, because there are servers that refuse an address they do not know.
 */
export const contexts = {
  actor: [
    activityStreams,
    'https://w3id.org/security/v1',
    {
      manuallyApprovesFollowers: 'as:manuallyApprovesFollowers',
      toot: 'http://joinmastodon.org/ns#',
      discoverable: 'toot:discoverable',
      indexable: 'toot:indexable',
    },
  ],
  writing: [activityStreams, { Hashtag: 'as:Hashtag' }],
  plain: activityStreams,
} as const

export const activityType = 'application/activity+json; charset=utf-8'

const activityTypes =
  /application\/activity\+json|application\/ld\+json\s*;[^,]*profile="?https:\/\/www\.w3\.org\/ns\/activitystreams/

/** Whether who asks would rather have it for a program than as a page. */
export function wantsActivity(accept: string | undefined): boolean {
  if (accept === undefined || !accept.includes('json')) return false
  const page = accept.indexOf('text/html')
  const found = accept.search(activityTypes)
  return found !== -1 && (page === -1 || found < page)
}
