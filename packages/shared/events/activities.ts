import { z } from 'zod'
import { appNames } from '../contracts/apps.ts'

/**
 * Everything that the services tell each other, in the words of ActivityStreams where it has them:
 * somebody (`actorUserId`) did something (`type`) to something (`objectType`, `objectId`). `type` and
 * `objectType` together decide what the payload holds. To add one, write its schema and put it into
 * `activitySchema`.
 */
const common = {
  originApp: z.enum(appNames),
  /** Null when nobody in particular did it: a schedule, an import. */
  actorUserId: z.uuid().nullable(),
  objectId: z.string().min(1),
  /**
   * For objects whose changes must be handled in order: 1 for the first, and one more each time. No
   * two activities about an object may have the same.
   */
  aggregateVersion: z.int().positive().optional(),
}

const internal = { ...common, visibility: z.literal('internal').default('internal') }
const visible = { ...common, visibility: z.enum(['internal', 'public']) }

/** The object is the member who signed in. */
const signIn = z.strictObject({
  ...internal,
  type: z.literal('SignIn'),
  objectType: z.literal('Person'),
  payload: z.strictObject({
    userId: z.uuid(),
    deviceId: z.string().min(1),
    app: z.enum(appNames),
    /** When the member has others and this one was not known; in words, and ISO 3166-1 alpha-2. */
    newDevice: z
      .strictObject({ loginId: z.string().min(1), browser: z.string(), country: z.string() })
      .optional(),
  }),
})

/** The object is the member who signed out, on this device only. */
const signOut = z.strictObject({
  ...internal,
  type: z.literal('SignOut'),
  objectType: z.literal('Person'),
  payload: z.strictObject({
    userId: z.uuid(),
    deviceId: z.string().min(1),
    app: z.enum(appNames),
    /** The OAuth clients that the sign-in had reached, with the name each has for it. */
    clients: z
      .array(z.strictObject({ clientId: z.string().min(1), sid: z.string().min(1) }))
      .default([]),
  }),
})

/** A post (`Article`) or a page (`Page`) of the blog; `objectId` is the post's id. */
const writing = {
  ...visible,
  objectType: z.enum(['Article', 'Page']),
  payload: z.strictObject({ slug: z.string().min(1) }),
}

/** It can be read from now on. */
const createWriting = z.strictObject({ ...writing, type: z.literal('Create') })

/** What can be read has changed. `formerSlug` when it has moved. */
const updateWriting = z.strictObject({
  ...writing,
  type: z.literal('Update'),
  payload: writing.payload.extend({ formerSlug: z.string().min(1).optional() }),
})

/** It can be read no longer: deleted, or a draft again. */
const deleteWriting = z.strictObject({ ...writing, type: z.literal('Delete') })

/**
 * A post or page that can be read has other tags than before. Of one that became readable, all that it
 * has; of merged and deleted tags only `TagChanged` is told.
 */
const postTagsChanged = z.strictObject({
  ...internal,
  type: z.literal('PostTagsChanged'),
  objectType: z.enum(['Article', 'Page']),
  payload: z.strictObject({
    /** Slugs. */
    attached: z.array(z.string()),
    detached: z.array(z.string()),
    /** In their order; undefined when it became readable just now. */
    before: z.array(z.string()).optional(),
  }),
})

const nullableText = z.string().nullable()

/** What is known of a tag, by the names of its columns. */
export const tagState = z.strictObject({
  sourceId: nullableText,
  slug: z.string(),
  name: z.string(),
  description: nullableText,
  featureImage: nullableText,
  visibility: z.enum(['public', 'internal']),
  accentColor: nullableText,
  canonicalUrl: nullableText,
  meta: z.record(z.string(), z.string()),
})

/** A tag is new, was changed, or is gone. `before` is what it was. */
const tagChanged = z.strictObject({
  ...internal,
  type: z.literal('TagChanged'),
  objectType: z.literal('Tag'),
  payload: z.discriminatedUnion('change', [
    z.strictObject({ change: z.literal('added') }),
    z.strictObject({
      change: z.enum(['edited', 'deleted']),
      before: tagState,
    }),
  ]),
})

const count = z.int().min(0)

/** Tells of the many posts of an import at once. `objectId` is the import's own id. */
const importFinished = z.strictObject({
  ...internal,
  type: z.literal('ImportFinished'),
  objectType: z.literal('Import'),
  payload: z.strictObject({ created: count, updated: count, unchanged: count, warnings: count }),
})

/** Two objects of any app belong together, or no longer; `objectId` is the relation's id. */
const relationship = {
  ...internal,
  objectType: z.literal('Relationship'),
  payload: z.strictObject({
    relationType: z.string().min(1),
    from: z.strictObject({ type: z.string().min(1), id: z.string().min(1) }),
    to: z.strictObject({ type: z.string().min(1), id: z.string().min(1) }),
  }),
}

/** The child `to` was attached to its parent `from`, for the first time or again. */
const addRelationship = z.strictObject({ ...relationship, type: z.literal('Add') })

/** It was detached. */
const removeRelationship = z.strictObject({ ...relationship, type: z.literal('Remove') })

/**
 * A comment can be read from now on, written here or on another server; `objectId` is the comment's
 * id. When a moderator takes an approval back and gives it again, it is told again.
 */
const commentPublished = z.strictObject({
  ...internal,
  type: z.literal('CommentPublished'),
  objectType: z.literal('Note'),
  payload: z.strictObject({ postId: z.uuid(), parentId: z.uuid().nullable() }),
})

export const activitySchema = z.discriminatedUnion('type', [
  signIn,
  signOut,
  createWriting,
  updateWriting,
  deleteWriting,
  postTagsChanged,
  tagChanged,
  importFinished,
  addRelationship,
  removeRelationship,
  commentPublished,
])

export type TagState = z.output<typeof tagState>

/** What `emitActivity` takes. */
export type NewActivity = z.input<typeof activitySchema>

export type Activity = z.output<typeof activitySchema>

export type ActivityType = Activity['type']
export type ActivityObjectType = Activity['objectType']

/** What a handler gets. */
export type StoredActivity<Type extends ActivityType = ActivityType> = Extract<
  Activity,
  { type: Type }
> & {
  /** The same on every attempt, and for every handler: what effects outside the database go by. */
  readonly activityId: string
  readonly createdAt: Date
}
