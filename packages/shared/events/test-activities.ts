import { randomUUID } from 'node:crypto'
import type { Activity } from './activities.ts'

/** For tests: a new member signs in on a new device. */
export function newSignIn(): Extract<Activity, { type: 'SignIn' }> {
  const userId = randomUUID()
  return {
    type: 'SignIn',
    originApp: 'federation',
    visibility: 'internal',
    actorUserId: userId,
    objectType: 'Person',
    objectId: userId,
    payload: { userId, deviceId: randomUUID(), app: 'blog' },
  }
}

/** For tests: a post was changed. */
export function newUpdate(about: {
  objectId: string
  aggregateVersion: number
}): Extract<Activity, { type: 'Update' }> {
  return {
    type: 'Update',
    originApp: 'blog',
    visibility: 'public',
    actorUserId: null,
    objectType: 'Article',
    ...about,
    payload: { slug: 'bread-for-the-weekend' },
  }
}
