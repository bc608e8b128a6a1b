import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { posts } from './blog.ts'
import { editTimes, instant } from './columns.ts'

/**
 * The menu of the site, and those of page containers (`containerType` and `containerId`, both empty for
 * the site's own). `path` is on the app named by `app`: `/about/` on the blog, `/` on the market; where
 * `app` is empty it is a whole address elsewhere.
 */
export const menuNodes = pgTable(
  'menu_nodes',
  {
    id: uuid().primaryKey().defaultRandom(),
    containerType: text().notNull().default(''),
    containerId: text().notNull().default(''),
    parentId: uuid(),
    label: text().notNull(),
    app: text().notNull(),
    path: text().notNull(),
    sortOrder: integer().notNull().default(0),
    ...editTimes(),
  },
  (table) => [
    index('menu_nodes_parent').on(table.parentId, table.sortOrder),
    index('menu_nodes_container').on(table.containerType, table.containerId),
  ],
)

/** What a page offers besides its text, as its owners have switched it on. */
export const pageFeatures = pgTable(
  'page_features',
  {
    pageId: uuid()
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    feature: text({ enum: ['calendar', 'market'] }).notNull(),
    switchedOnBy: uuid(),
    switchedOnAt: instant().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.pageId, table.feature] })],
)
