import { authors, postAuthors, posts, redirects } from '@rose-ash/shared/models/blog'
import type { Database } from '@rose-ash/shared/models/database'
import { postTags, tags } from '@rose-ash/shared/models/tags'
import { shortId } from './page.ts'

export type TestTag = typeof tags.$inferSelect
export type TestAuthor = typeof authors.$inferSelect

/** A published post with these tags and authors, in this order. */
export async function createPost(
  database: Database,
  values: Partial<typeof posts.$inferInsert> & {
    readonly tags?: readonly TestTag[]
    readonly authors?: readonly TestAuthor[]
  } = {},
): Promise<typeof posts.$inferSelect> {
  const { tags: postTagList = [], authors: authorList = [], ...columns } = values
  const plaintext = columns.plaintext ?? 'Flour, water and salt.'
  const [post] = await database
    .insert(posts)
    .values({
      type: 'post',
      slug: `post-${shortId()}`,
      title: 'Bread for the weekend',
      status: 'published',
      lexical: {},
      html: '<p>Flour, water and salt.</p>',
      plaintext,
      publicText: (columns.visibility ?? 'public') === 'public' ? plaintext : '',
      publishedAt: new Date('2026-01-01T12:00:00Z'),
      ...columns,
    })
    .returning()
  if (!post) throw new Error('PostgreSQL did not return the post')
  if (postTagList.length > 0) {
    await database
      .insert(postTags)
      .values(postTagList.map(({ id }, sortOrder) => ({ postId: post.id, tagId: id, sortOrder })))
  }
  if (authorList.length > 0) {
    await database
      .insert(postAuthors)
      .values(authorList.map(({ id }, sortOrder) => ({ postId: post.id, authorId: id, sortOrder })))
  }
  return post
}

export async function createTag(
  database: Database,
  values: Partial<typeof tags.$inferInsert> = {},
): Promise<TestTag> {
  const [tag] = await database
    .insert(tags)
    .values({ slug: `tag-${shortId()}`, name: 'Bread', ...values })
    .returning()
  if (!tag) throw new Error('PostgreSQL did not return the tag')
  return tag
}

export async function createAuthor(
  database: Database,
  values: Partial<typeof authors.$inferInsert> = {},
): Promise<TestAuthor> {
  const [author] = await database
    .insert(authors)
    .values({ slug: `author-${shortId()}`, name: 'The bakers', ...values })
    .returning()
  if (!author) throw new Error('PostgreSQL did not return the author')
  return author
}

/** Both paths begin and end with a slash. */
export async function createRedirect(
  database: Database,
  values: typeof redirects.$inferInsert,
): Promise<void> {
  await database.insert(redirects).values(values)
}
