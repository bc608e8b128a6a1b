import { sql } from 'drizzle-orm'
import { authors, tags } from '../../models/index.ts'
import { networks } from './describe-author.ts'
import { hasPosts } from './public-posts.ts'

export const tagColumns = {
  id: tags.id,
  sourceId: tags.sourceId,
  name: tags.name,
  slug: tags.slug,
  description: tags.description,
  featureImage: tags.featureImage,
  visibility: tags.visibility,
  meta: tags.meta,
  canonicalUrl: tags.canonicalUrl,
  accentColor: tags.accentColor,
  codeHead: sql<string | null>`${tags.sourceExtra}->>'codeinjection_head'`,
  codeFoot: sql<string | null>`${tags.sourceExtra}->>'codeinjection_foot'`,
  hasPosts: hasPosts('tag', tags.id),
}

export const authorColumns = {
  id: authors.id,
  sourceId: authors.sourceId,
  name: authors.name,
  slug: authors.slug,
  profileImage: authors.profileImage,
  coverImage: authors.coverImage,
  bio: authors.bio,
  website: authors.website,
  location: authors.location,
  meta: authors.meta,
  networks: sql<Record<string, string | null>>`jsonb_build_object(${sql.join(
    networks.map(
      (name) => sql`${sql.raw(`'${name}'`)}, ${authors.sourceExtra}->>${sql.raw(`'${name}'`)}`,
    ),
    sql`, `,
  )})`,
}
