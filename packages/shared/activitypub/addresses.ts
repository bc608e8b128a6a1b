import type { AppName } from '../contracts/apps.ts'

/** Where an app's own actor and what it publishes are found, for ever: ids are never made twice. */
export interface ActorAddresses {
  readonly app: AppName
  /** As in an address that people write, with the port where there is one. */
  readonly host: string
  readonly home: string
  readonly username: string
  /** `@blog@blog.example.org`, as people search for it. */
  readonly handle: string
  readonly actor: string
  readonly key: string
  readonly inbox: string
  readonly sharedInbox: string
  readonly outbox: string
  readonly followers: string
  post(id: string): string
  activity(id: string): string
  /** Undefined for what is no post of ours. */
  postIdOf(uri: string): string | undefined
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

/**
 * `publicUrl` comes from the configuration and has no slash at the end: an id is never made of what a
 * request says its host is.
 */
export function createActorAddresses(app: AppName, publicUrl: string): ActorAddresses {
  const username = app
  const { host } = new URL(publicUrl)
  const actor = `${publicUrl}/ap/${username}`
  const posts = `${actor}/posts/`
  return {
    app,
    host,
    home: `${publicUrl}/`,
    username,
    handle: `@${username}@${host}`,
    actor,
    key: `${actor}#main-key`,
    inbox: `${actor}/inbox`,
    sharedInbox: `${publicUrl}/ap/inbox`,
    outbox: `${actor}/outbox`,
    followers: `${actor}/followers`,
    post: (id) => `${posts}${id}`,
    activity: (id) => `${actor}/activities/${id}`,
    postIdOf(uri) {
      const id = uri.startsWith(posts) ? uri.slice(posts.length) : ''
      return uuid.test(id) ? id : undefined
    },
  }
}
