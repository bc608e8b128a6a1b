import { and, asc, eq, inArray, is } from 'drizzle-orm'
import { PgTransaction } from 'drizzle-orm/pg-core'
import type { BlogService, PageContainer } from '../../contracts/blog.ts'
import { posts } from '../../models/blog.ts'
import type { Transaction } from '../../models/database.ts'
import type { ServiceDependencies } from '../registry.ts'
import { readFooter, writeFooter } from './footer.ts'
import { findMenuTargets } from './menu-search.ts'
import { readMenuTargets } from './menu-targets.ts'
import { readMenu, readNavigationTree } from './navigation.ts'
import {
  assertPageFeature,
  hasFeature,
  readFeatures,
  readHanging,
  switchPageFeature,
} from './page-features.ts'
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

    async findPagesByIds(ids, feature) {
      if (ids.length === 0) return []
      const rows = await database
        .select(pageColumns)
        .from(posts)
        .where(and(isPage, inArray(posts.id, [...ids]), feature && hasFeature(feature)))
      return rows.map(toContainer)
    },

    async findPageBySlug(slug) {
      const [row] = await database
        .select(pageColumns)
        .from(posts)
        .where(and(isPage, eq(posts.slug, slug)))
      return row && toContainer(row)
    },

    navigationTree: (container) => readNavigationTree(dependencies, container),
    menuOf: (container) => readMenu(dependencies, container),
    findMenuTargets: (question) => findMenuTargets(dependencies, question),
    async findMenuTarget(kind, id) {
      return (await readMenuTargets(dependencies, [{ by: 'id', kind, id }])).get(kind, id)
    },
    footer: () => readFooter(dependencies),
    saveFooter: (footer) => writeFooter(dependencies, footer),
    featuresOf: (pageId) => readFeatures(database, pageId),
    async assertFeature(pageId, feature, outer) {
      if (outer && !is(outer, PgTransaction))
        throw new Error('This is no transaction of the database.')
      const inside = outer ? (outer as unknown as Transaction) : database
      await assertPageFeature(inside, { pageId, feature })
    },
    hangingOn: (pageId) => readHanging(dependencies, database, pageId),
    switchFeature: (change) => switchPageFeature(dependencies, change),
  }
}
