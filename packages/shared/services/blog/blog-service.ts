import { and, asc, eq, inArray } from 'drizzle-orm'
import type { BlogService, PageContainer } from '../../contracts/blog.ts'
import { posts } from '../../models/blog.ts'
import type { ServiceDependencies } from '../registry.ts'
import { readNavigationTree } from './navigation.ts'
import { summaryColumns, toSummary } from './summaries.ts'

const pageColumns = { id: posts.id, slug: posts.slug, title: posts.title }

export function createBlogService(dependencies: ServiceDependencies): BlogService {
  const { database } = dependencies
  const isPublished = eq(posts.status, 'published')
  const isPage = and(isPublished, eq(posts.type, 'page'))
  const toContainer = (row: { id: string; slug: string; title: string }): PageContainer => ({
    ...row,
    type: 'page',
  })

  return {
    async findPosts(ids) {
      if (ids.length === 0) return []
      const rows = await database
        .select(summaryColumns)
        .from(posts)
        .where(and(isPublished, inArray(posts.id, [...ids])))
      const byId = new Map(rows.map((row) => [row.id, toSummary(row)]))
      return ids.flatMap((id) => byId.get(id) ?? [])
    },

    async findPostBySlug(slug) {
      const [row] = await database
        .select(summaryColumns)
        .from(posts)
        .where(and(isPublished, eq(posts.slug, slug)))
        // 'page' comes before 'post'.
        .orderBy(asc(posts.type))
        .limit(1)
      return row && toSummary(row)
    },

    async findPagesByIds(ids) {
      if (ids.length === 0) return []
      const rows = await database
        .select(pageColumns)
        .from(posts)
        .where(and(isPage, inArray(posts.id, [...ids])))
      return rows.map(toContainer)
    },

    async findPageBySlug(slug) {
      const [row] = await database
        .select(pageColumns)
        .from(posts)
        .where(and(isPage, eq(posts.slug, slug)))
      return row && toContainer(row)
    },

    navigationTree: () => readNavigationTree(dependencies),
  }
}
