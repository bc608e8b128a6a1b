import { asc, eq, gt } from 'drizzle-orm'
import { authors, type Database, type MetaData, tags, users } from '../../models/index.ts'
import { ownImage, webAddress } from '../ghost/addresses.ts'
import { derivedId, type GhostIds } from './ghost-ids.ts'
import { pageSize, readPages } from './read-pages.ts'
import type { SiteAddresses } from './site-addresses.ts'

type Row = Record<string, unknown>
type Kept = Readonly<Record<string, unknown>>

export interface RowTools {
  readonly ids: GhostIds
  readonly addresses: SiteAddresses
}

export async function* tagRows(
  database: Database,
  { ids, addresses }: RowTools,
): AsyncGenerator<readonly Row[]> {
  const pages = readPages<typeof tags.$inferSelect>((last) =>
    database
      .select()
      .from(tags)
      .where(last && gt(tags.slug, last.slug))
      .orderBy(asc(tags.slug))
      .limit(pageSize),
  )
  for await (const page of pages) {
    yield page.map((tag) => ({
      parent_id: null,
      codeinjection_head: null,
      codeinjection_foot: null,
      ...keptColumns(tag.sourceExtra, addresses),
      ...metaColumns(tag.meta, tag.sourceExtra, addresses),
      id: ids.of('tag', tag),
      name: tag.name,
      slug: tag.slug,
      description: tag.description,
      feature_image: image(tag.sourceExtra['feature_image'], tag.featureImage, addresses),
      visibility: tag.visibility,
      canonical_url: webPage(tag.sourceExtra['canonical_url'], tag.canonicalUrl, addresses),
      accent_color: tag.accentColor,
      created_at: tag.createdAt,
      updated_at: tag.updatedAt,
    }))
  }
}

/** What authors say of themselves in public. Everything else of a person stays here. */
const publicOfPeople: ReadonlySet<string> = new Set(
  `facebook twitter threads bluesky mastodon tiktok youtube instagram linkedin locale visibility`.split(
    ' ',
  ),
)

/**
 * Ghost wants an address for every author. It is the author's own only when whoever exports may see members'
 * addresses; otherwise, and for authors without an account, it is one that can never be reached.
 */
export async function* authorRows(
  database: Database,
  { ids, addresses, withEmails }: RowTools & { readonly withEmails: boolean },
): AsyncGenerator<readonly Row[]> {
  const pages = readPages(
    (last: { author: typeof authors.$inferSelect } | undefined) =>
      database
        .select({ author: authors, email: users.email })
        .from(authors)
        .leftJoin(users, eq(users.id, authors.userId))
        .where(last && gt(authors.slug, last.author.slug))
        .orderBy(asc(authors.slug))
        .limit(pageSize) as Promise<
        { author: typeof authors.$inferSelect; email: string | null }[]
      >,
  )
  for await (const page of pages) {
    yield page.map((row) => {
      const { author, email } = row as typeof row & { readonly email: string | null }
      const id = ids.of('author', author)
      const kept = Object.entries(author.sourceExtra).filter(([name]) => publicOfPeople.has(name))
      return {
        visibility: 'public',
        ...Object.fromEntries(kept),
        ...metaColumns(author.meta, author.sourceExtra, addresses),
        id,
        name: author.name,
        slug: author.slug,
        email: (withEmails && email) || `author-${id}@authors.invalid`,
        profile_image: image(author.sourceExtra['profile_image'], author.profileImage, addresses),
        cover_image: image(author.sourceExtra['cover_image'], author.coverImage, addresses),
        bio: author.bio,
        website: webPage(author.sourceExtra['website'], author.website, addresses),
        location: author.location,
        status: 'active',
        created_at: author.createdAt,
        updated_at: author.updatedAt,
      }
    })
  }
}

/** Ghost gives imported authors the role that stands here. */
export const authorRole: Row & { readonly id: string } = {
  id: derivedId('role', 'Author'),
  name: 'Author',
  description: 'Authors',
}

export async function* authorRoleRows(
  database: Database,
  { ids }: Pick<RowTools, 'ids'>,
): AsyncGenerator<readonly Row[]> {
  const { id, sourceId, slug } = authors
  const pages = readPages<{ id: string; sourceId: string | null; slug: string }>((last) =>
    database
      .select({ id, sourceId, slug })
      .from(authors)
      .where(last && gt(slug, last.slug))
      .orderBy(asc(slug))
      .limit(pageSize),
  )
  for await (const page of pages) {
    yield page.map((author) => {
      const userId = ids.of('author', author)
      return { id: derivedId('roles_users', userId), role_id: authorRole.id, user_id: userId }
    })
  }
}

function metaColumns(meta: MetaData, kept: Kept, addresses: SiteAddresses): Row {
  return {
    og_image: image(kept['og_image'], meta.ogImage ?? null, addresses),
    og_title: meta.ogTitle ?? null,
    og_description: meta.ogDescription ?? null,
    twitter_image: image(kept['twitter_image'], meta.twitterImage ?? null, addresses),
    twitter_title: meta.twitterTitle ?? null,
    twitter_description: meta.twitterDescription ?? null,
    meta_title: meta.metaTitle ?? null,
    meta_description: meta.metaDescription ?? null,
  }
}

function keptColumns(kept: Kept, addresses: SiteAddresses): Row {
  return Object.fromEntries(
    Object.entries(kept).map(([name, value]) => [
      name,
      typeof value === 'string' ? addresses.html(value) : value,
    ]),
  )
}

function image(kept: unknown, column: string | null, addresses: SiteAddresses): string | null {
  return written(kept, column, { imported: ownImage, addresses })
}

function webPage(kept: unknown, column: string | null, addresses: SiteAddresses): string | null {
  return written(kept, column, { imported: webAddress, addresses })
}

/** What came from Ghost where our column is what the import made of it; as an export writes it. */
export function written(
  kept: unknown,
  column: string | null,
  {
    imported,
    addresses,
  }: {
    readonly imported: (value: string) => string | null
    readonly addresses: SiteAddresses
  },
): string | null {
  const found = typeof kept === 'string' && imported(kept) === column ? kept : column
  return found === null ? null : addresses.address(found)
}
