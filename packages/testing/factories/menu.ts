import type { Database } from '@rose-ash/shared/models/database'
import { menuNodes } from '@rose-ash/shared/models/navigation'

/** One entry of the site's menu, at the top unless it has a parent. */
export async function createMenuNode(
  database: Database,
  values: Partial<typeof menuNodes.$inferInsert> = {},
): Promise<typeof menuNodes.$inferSelect> {
  const [node] = await database
    .insert(menuNodes)
    .values({ label: 'About us', app: 'blog', path: '/about/', ...values })
    .returning()
  if (!node) throw new Error('PostgreSQL did not return the entry')
  return node
}
