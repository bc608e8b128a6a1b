import { type SQL, sql } from 'drizzle-orm'
import { authors, postAuthors, posts, postTags, tags } from '../../models/index.ts'
import {
  type FilterFields,
  flagField,
  idField,
  instantField,
  numberField,
  relatedField,
  textField,
} from './filter-fields.ts'
import type { Kind } from './public-posts.ts'

/** What posts and pages may be asked for by. */
export function postFilterFields(kind: Kind): FilterFields {
  const tagFields = {
    id: idField(tags),
    slug: textField(tags.slug),
    name: textField(tags.name),
    visibility: textField(tags.visibility),
  }
  const authorFields = {
    id: idField(authors),
    slug: textField(authors.slug),
    name: textField(authors.name),
  }
  return {
    id: idField(posts),
    uuid: textField(sql`coalesce(${posts.sourceExtra}->>'uuid', ${posts.id}::text)`),
    slug: textField(posts.slug),
    title: textField(posts.title),
    featured: flagField(posts.featured),
    visibility: textField(posts.visibility),
    published_at: instantField(posts.publishedAt),
    updated_at: instantField(posts.updatedAt),
    created_at: instantField(posts.createdAt),
    feature_image: textField(posts.featureImage),
    custom_excerpt: textField(posts.customExcerpt),
    canonical_url: textField(posts.canonicalUrl),
    reading_time: numberField(posts.readingMinutes),
    // The same of all that can be found here.
    status: textField(sql`'published'::text`),
    type: textField(sql`${sql.raw(`'${kind}'`)}::text`),
    page: flagField(sql`${kind === 'page'}::boolean`),
    ...related(hasTag, tagFields, { short: 'tag', long: 'tags' }),
    ...related(hasAuthor, authorFields, { short: 'author', long: 'authors' }),
    ...related(hasPrimaryTag, tagFields, { short: 'primary_tag', long: 'primary_tag' }),
    ...related(hasPrimaryAuthor, authorFields, { short: 'primary_author', long: 'primary_author' }),
  }
}

/** `tag`, `tags` and `tag.slug` mean the slug. */
function related(
  exists: (condition: SQL) => SQL,
  fields: FilterFields & { readonly slug: FilterFields[string] },
  { short, long }: { readonly short: string; readonly long: string },
): FilterFields {
  const bySlug = relatedField(exists, fields.slug)
  const each = Object.entries(fields).flatMap(([name, field]) => {
    const asked = relatedField(exists, field)
    return [
      [`${long}.${name}`, asked],
      [`${short}.${name}`, asked],
    ]
  })
  return { [short]: bySlug, [long]: bySlug, ...Object.fromEntries(each) }
}

/** Sets that do not depend on the post, so that each is worked out once. */
function hasTag(condition: SQL): SQL {
  return sql`${posts.id} in (select ${postTags.postId} from ${postTags}
    join ${tags} on ${tags.id} = ${postTags.tagId} where ${condition})`
}

function hasPrimaryTag(condition: SQL): SQL {
  const isFirst = sql`${postTags.sortOrder} = (select min(first.sort_order)
    from post_tags first where first.post_id = ${postTags.postId})`
  return hasTag(sql`${condition} and ${tags.visibility} = 'public' and ${isFirst}`)
}

function hasAuthor(condition: SQL): SQL {
  return sql`${posts.id} in (select ${postAuthors.postId} from ${postAuthors}
    join ${authors} on ${authors.id} = ${postAuthors.authorId} where ${condition})`
}

function hasPrimaryAuthor(condition: SQL): SQL {
  const isFirst = sql`${postAuthors.sortOrder} = (select min(first.sort_order)
    from post_authors first where first.post_id = ${postAuthors.postId})`
  return hasAuthor(sql`${condition} and ${isFirst}`)
}
