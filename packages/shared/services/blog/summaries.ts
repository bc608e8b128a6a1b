import { sql } from 'drizzle-orm'
import type { PostSummary } from '../../contracts/blog.ts'
import { excerptLetters, excerptOf } from '../../contracts/excerpt.ts'
import type { PostVisibility } from '../../contracts/paywall.ts'
import { posts } from '../../models/blog.ts'

/** What a summary is made of: the beginning of the text at most, never the body. */
export const summaryColumns = {
  id: posts.id,
  type: posts.type,
  slug: posts.slug,
  title: posts.title,
  visibility: posts.visibility,
  customExcerpt: posts.customExcerpt,
  beginning: sql<string>`left(${posts.publicText}, ${excerptLetters + 80})`,
  featureImage: posts.featureImage,
  featureImageAlt: posts.featureImageAlt,
  publishedAt: posts.publishedAt,
}

export interface SummaryRow {
  readonly id: string
  /** Types and relations are posts to whoever reads of them. */
  readonly type: (typeof posts.$inferSelect)['type']
  readonly slug: string
  readonly title: string
  readonly visibility: PostVisibility
  readonly customExcerpt: string | null
  readonly beginning: string
  readonly featureImage: string | null
  readonly featureImageAlt: string | null
  readonly publishedAt: Date | null
}

export function toSummary(row: SummaryRow): PostSummary {
  return {
    id: row.id,
    type: row.type === 'page' ? 'page' : 'post',
    slug: row.slug,
    title: row.title,
    excerpt: excerptOf(row),
    path: `/${row.slug}/`,
    image: row.featureImage ? { src: row.featureImage, alt: row.featureImageAlt ?? '' } : null,
    publishedAt: row.publishedAt,
  }
}
