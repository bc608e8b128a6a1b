import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { editTimes } from './columns.ts'

/** The site's menu. `path` is on the app named by `app`: `/about/` on the blog, `/` on the market. */
export const menuNodes = pgTable(
  'menu_nodes',
  {
    id: uuid().primaryKey().defaultRandom(),
    parentId: uuid(),
    label: text().notNull(),
    app: text().notNull(),
    path: text().notNull(),
    sortOrder: integer().notNull().default(0),
    ...editTimes(),
  },
  (table) => [index('menu_nodes_parent').on(table.parentId, table.sortOrder)],
)
