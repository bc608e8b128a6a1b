import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  index,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { posts } from './blog.ts'
import { instant } from './columns.ts'

/**
 * What members and people on other servers say under a post, one thread. A member's comment has a
 * `userId`; one from elsewhere has `remoteUrl` (its id there) and the author's name and address.
 */
export const comments = pgTable(
  'comments',
  {
    id: uuid().primaryKey().defaultRandom(),
    postId: uuid()
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    parentId: uuid().references((): AnyPgColumn => comments.id, { onDelete: 'set null' }),
    userId: uuid().references(() => users.id, { onDelete: 'set null' }),
    remoteUrl: text(),
    authorName: text().notNull(),
    authorUrl: text(),
    /** Of somebody on another server: `ada@example.org`. */
    authorHandle: text(),
    authorAvatar: text(),
    /** Safe to put in a page. */
    html: text().notNull(),
    /** As a member wrote it, for editing it again; null for what came from elsewhere. */
    source: text(),
    /** `held` waits for a moderator, `hidden` was taken away by one, `deleted` by its author. */
    status: text({ enum: ['published', 'held', 'hidden', 'deleted'] }).notNull(),
    createdAt: instant().notNull().defaultNow(),
    editedAt: instant(),
  },
  (table) => [
    index('comments_thread').on(table.postId, table.createdAt, table.id),
    index('comments_parent').on(table.parentId),
    index('comments_user').on(table.userId),
    uniqueIndex('comments_remote_unique').on(table.remoteUrl),
    index('comments_remote_author')
      .on(table.authorUrl)
      .where(sql`remote_url is not null`),
    index('comments_latest').on(table.createdAt.desc(), table.id.desc()),
    index('comments_held')
      .on(table.createdAt)
      .where(sql`status = 'held'`),
  ],
)

/**
 * Who is told by mail of which comment: waiting while `sentAt` is null, and then never told of it again.
 * `why`: it answers a comment of theirs, or stands under a post of theirs.
 */
export const commentMails = pgTable(
  'comment_mails',
  {
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    commentId: uuid()
      .notNull()
      .references(() => comments.id, { onDelete: 'cascade' }),
    why: text({ enum: ['answer', 'post'] }).notNull(),
    createdAt: instant().notNull().defaultNow(),
    sentAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.commentId] }),
    index('comment_mails_comment').on(table.commentId),
    index('comment_mails_sent').on(table.userId, table.sentAt),
  ],
)

/** A member thinks that a moderator should look at a comment. */
export const commentReports = pgTable(
  'comment_reports',
  {
    commentId: uuid()
      .notNull()
      .references(() => comments.id, { onDelete: 'cascade' }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    reason: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.commentId, table.userId] })],
)

/** Of anything that can be liked, named by its type and id: `post` or `comment` of the blog, `product`. */
export const likes = pgTable(
  'likes',
  {
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    targetType: text().notNull(),
    targetId: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.targetType, table.targetId] }),
    index('likes_target').on(table.targetType, table.targetId),
  ],
)
