import { createDatabase } from '@rose-ash/shared/infrastructure/database'
import { authors, postAuthors, posts } from '@rose-ash/shared/models/blog'
import { postTags, tags } from '@rose-ash/shared/models/tags'

export const postCount = 200

export const postPaths: readonly string[] = numbers(postCount).map((number) => `/story-${number}/`)

const sentence =
  'The dough rests under a cloth while the oven warms, and whoever comes early sweeps the floor. '

/** A blog of some years: 200 posts of about 9 KB, 20 tags, 5 authors, each post with three tags. */
export async function createContent(databaseUrl: string): Promise<void> {
  await using connection = createDatabase({ url: databaseUrl })
  const { database } = connection
  const tagRows = await database
    .insert(tags)
    .values(numbers(20).map((number) => ({ slug: `tag-${number}`, name: `Tag ${number}` })))
    .returning()
  const authorRows = await database
    .insert(authors)
    .values(numbers(5).map((number) => ({ slug: `author-${number}`, name: `Author ${number}` })))
    .returning()
  const postRows = await database
    .insert(posts)
    .values(numbers(postCount).map(createPost))
    .returning({ id: posts.id })
  await database.insert(postAuthors).values(
    postRows.map(({ id }, index) => ({
      postId: id,
      authorId: authorRows[index % 5]!.id,
      sortOrder: 0,
    })),
  )
  await database.insert(postTags).values(
    postRows.flatMap(({ id }, index) =>
      numbers(3).map((sortOrder) => ({
        postId: id,
        tagId: tagRows[(index + sortOrder * 7) % 20]!.id,
        sortOrder,
      })),
    ),
  )
  await connection.pool.query('analyze')
}

function createPost(number: number): typeof posts.$inferInsert {
  const paragraph = `<p>${sentence.repeat(4)}</p>`
  return {
    type: 'post',
    slug: `story-${number}`,
    title: `Story ${number}`,
    status: 'published',
    lexical: { root: { children: numbers(24).map(createParagraph), type: 'root', version: 1 } },
    html: numbers(24)
      .map((part) => (part % 6 === 0 ? `<h2>Part ${part}</h2>${paragraph}` : paragraph))
      .join('\n'),
    plaintext: sentence.repeat(96),
    publicText: `${sentence.repeat(96)} Number ${number} ends here.`,
    readingMinutes: 7,
    featureImage: `/content/images/${number}.webp`,
    featureImageAlt: 'Loaves on a shelf',
    publishedAt: new Date(Date.UTC(2026, 0, 1) - number * 86_400_000),
  }
}

function createParagraph() {
  const text = { type: 'extended-text', text: sentence.repeat(4), format: 0, mode: 'normal' }
  return { type: 'paragraph', children: [text], direction: 'ltr', indent: 0, version: 1 }
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index)
}
