import { and, eq, inArray, ne } from 'drizzle-orm'
import { posts, type Transaction } from '../../models/index.ts'
import { freeSlug, isSlugFor, wantedSlug } from '../ghost/slugs.ts'
import type { PostContent, PostRow } from './read-content.ts'

export interface SlugQuestion {
  readonly type: 'post' | 'page'
  readonly wanted: PostContent
  readonly known: PostRow | undefined
}

/** A slug that was chosen is taken or refused; one made of the title finds a free place. */
export async function findSlug(
  transaction: Transaction,
  { type, wanted, known }: SlugQuestion,
): Promise<{ readonly slug: string; readonly messages: readonly string[] }> {
  const isTaken = async (slug: string) => {
    const found = await transaction
      .select({ id: posts.id })
      .from(posts)
      .where(
        and(
          // Types and relations have pages of their own, which it would hide.
          inArray(posts.type, [type, 'type', 'relation']),
          eq(posts.slug, slug),
          known && ne(posts.id, known.id),
        ),
      )
    return found.length > 0
  }
  const fromTitle = wantedSlug(undefined, wanted.title)
  // The address of a draft follows its title until somebody chooses another.
  const followsTitle =
    !known ||
    (known.status === 'draft' && isSlugFor(known.slug, wantedSlug(undefined, known.title)))
  if (wanted.slug === '' || (followsTitle && wanted.slug === known?.slug)) {
    if (known && isSlugFor(known.slug, fromTitle)) return { slug: known.slug, messages: [] }
    return { slug: await freeSlug(fromTitle, isTaken), messages: [] }
  }
  if (wanted.slug === known?.slug) return { slug: wanted.slug, messages: [] }
  const slug = wantedSlug(wanted.slug, wanted.title)
  const free = await freeSlug(slug, isTaken)
  const isFree = free === slug
  return {
    slug,
    messages: isFree ? [] : [`The address /${slug}/ is taken; /${free}/ is free.`],
  }
}
