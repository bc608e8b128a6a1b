import { sql } from 'drizzle-orm'
import type { MenuTarget, MenuTargetKind, NavigationNode } from '../../contracts/blog.ts'
import type { ServiceDependencies } from '../registry.ts'
import { declaredRelationTypes } from '../relations/relation-types.ts'
import { type FoundTargets, readMenuTargets } from './menu-targets.ts'

/** What stands below pages in a menu because it hangs on them, by the id of the page. */
export interface AttachedThings {
  /** Below a page, so many levels deep, without that for which `hasEntry` holds. */
  below(
    pageId: string,
    depth: number,
    hasEntry: (target: MenuTarget) => boolean,
  ): readonly NavigationNode[]
}

const kinds: Readonly<Record<string, MenuTargetKind>> = {
  page: 'post',
  market: 'market',
  calendar: 'calendar',
}

const types = declaredRelationTypes
  .filter(
    ({ fromType, toType, isNavigation }) => isNavigation && fromType === 'page' && kinds[toType],
  )
  .map(({ name }) => name)

/** More than a menu can show; there only so that no page makes it endless. */
const atMost = 200

interface Row extends Record<string, unknown> {
  readonly from_id: string
  readonly to_type: string
  readonly to_id: string
  readonly label: string | null
}

/** One query for the relations of all pages and those below them, and one a kind for what they lead to. */
export async function readAttached(
  dependencies: ServiceDependencies,
  pageIds: readonly string[],
): Promise<AttachedThings> {
  if (pageIds.length === 0) return { below: () => [] }
  const { rows } = await dependencies.database.execute<Row>(sql`
    with recursive hanging as (
      select r.*, 1 as depth from relations r
      where r.from_type = 'page' and r.from_id in ${[...pageIds]}
        and r.relation_type in ${types} and r.deleted_at is null
      union all
      select r.*, hanging.depth + 1 from hanging
      join relations r on r.from_type = 'page' and r.from_id = hanging.to_id
        and r.relation_type in ${types} and r.deleted_at is null
      where hanging.to_type = 'page' and hanging.depth < 2
    )
    select from_id, to_type, to_id, label from hanging
    group by from_id, to_type, to_id, label, relation_type, sort_order, created_at
    order by relation_type desc, sort_order, created_at limit ${atMost}`)
  const targets = await readMenuTargets(
    dependencies,
    rows.flatMap(({ to_type, to_id }) => {
      const kind = kinds[to_type]
      return kind && isUuid.test(to_id) ? [{ by: 'id' as const, kind, id: to_id }] : []
    }),
  )
  return { below: createBelow(rows, targets) }
}

const isUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function createBelow(rows: readonly Row[], targets: FoundTargets): AttachedThings['below'] {
  const byPage = Map.groupBy(rows, ({ from_id }) => from_id)
  const below: AttachedThings['below'] = (pageId, depth, hasEntry) => {
    if (depth < 1) return []
    return (byPage.get(pageId) ?? []).flatMap(({ to_type, to_id, label }) => {
      const kind = kinds[to_type]
      const target = kind && targets.get(kind, to_id)
      if (!target?.isPublic || hasEntry(target)) return []
      const children = target.isPage ? below(to_id, depth - 1, hasEntry) : []
      return [{ label: label ?? target.title, url: target.url, children }]
    })
  }
  return below
}
