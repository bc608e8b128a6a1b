import { asc } from 'drizzle-orm'
import type { AppName } from '../../contracts/apps.ts'
import type { NavigationNode } from '../../contracts/blog.ts'
import { menuNodes } from '../../models/navigation.ts'
import type { ServiceDependencies } from '../registry.ts'

/** The whole menu in one query; it is small, and every page shows it. */
export async function readNavigationTree({
  database,
  publicUrls,
}: ServiceDependencies): Promise<readonly NavigationNode[]> {
  const rows = await database
    .select()
    .from(menuNodes)
    .orderBy(asc(menuNodes.sortOrder), asc(menuNodes.label))

  const below = Map.groupBy(rows, (row) => row.parentId)
  const branch = (parentId: string | null): NavigationNode[] =>
    (below.get(parentId) ?? []).map((row) => ({
      label: row.label,
      url: (publicUrls[row.app as AppName] ?? '') + row.path,
      children: branch(row.id),
    }))
  return branch(null)
}
