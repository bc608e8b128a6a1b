import { and, eq, ilike, sql } from 'drizzle-orm'
import type { MenuTarget, MenuTargetKind, MenuTargetQuestion } from '../../contracts/blog.ts'
import { posts } from '../../models/blog.ts'
import { tags } from '../../models/tags.ts'
import type { ServiceDependencies } from '../registry.ts'
import { menuTargetKinds } from './menu-addresses.ts'
import { columnsOf, queryMenuTargets } from './menu-targets.ts'
import { hasFeature } from './page-features.ts'

const ofEachKind = 8

/** Pages and posts by the words of their titles, the others by a part of their names. One query a kind. */
export async function findMenuTargets(
  dependencies: ServiceDependencies,
  { words, withUnpublished }: MenuTargetQuestion,
): Promise<readonly MenuTarget[]> {
  const terms = words.match(/[\p{L}\p{M}\p{N}]+/gu)?.slice(0, 10) ?? []
  if (terms.length === 0) return []
  const pattern = `%${words.trim().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const titleQuery = terms.map((term) => `${term}:*A`).join(' & ')
  const conditionOf = (kind: MenuTargetKind) => {
    if (kind === 'post')
      return and(
        sql`${posts.searchVector} @@ to_tsquery('simple', ${titleQuery})`,
        withUnpublished
          ? sql`${posts.status} in ('draft', 'scheduled', 'published')`
          : eq(posts.status, 'published'),
      )
    const isNamed = ilike(columnsOf[kind].title, pattern)
    if (kind === 'tag') return and(isNamed, eq(tags.visibility, 'public'))
    return and(
      isNamed,
      ...(withUnpublished ? [] : [eq(posts.status, 'published'), hasFeature(kind)]),
    )
  }
  const lists = await Promise.all(
    menuTargetKinds.map((kind) =>
      queryMenuTargets(dependencies, { kind, condition: conditionOf(kind), limit: ofEachKind }),
    ),
  )
  return lists.flat().map(({ slug: _slug, ...target }) => target)
}
