import { randomBytes } from 'node:crypto'
import type { StoredSecrets } from '@rose-ash/shared/infrastructure/stored-secrets'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { type Database, ghostSources, posts, type Queryable } from '../../models/index.ts'
import { sourceOf } from '../ghost/source-name.ts'
import { type GhostAccess } from './ask-ghost.ts'
import type { GhostReader } from './ghost-reader.ts'
import { openSiteWithKey, readSiteUrl } from './open-site.ts'
import { findWebhookSecret } from './webhook-secret.ts'

export type GhostSource = typeof ghostSources.$inferSelect

export interface NewSource {
  /** As it was typed. */
  readonly address: string
  readonly key: string
  readonly kind: 'admin' | 'content'
  /** Whether it is read again and again from now on; one that is already stays so. Default true. */
  readonly isFollowed?: boolean
}

/**
 * Keeps a site that answers to this key; an earlier entry of the same site gets the new key. Throws
 * GhostSiteError when it does not answer, and then nothing is kept.
 */
export async function addSource(
  database: Database,
  { address, key, kind, isFollowed = true }: NewSource,
  access: Omit<GhostAccess, 'siteUrl'> & { readonly secrets: StoredSecrets },
): Promise<GhostSource> {
  const { secrets, ...rest } = access
  const siteUrl = readSiteUrl(address)
  const reader = openSiteWithKey({ ...rest, siteUrl }, { kind, key })
  const name = await nameSource(database, siteUrl, reader)
  const sealed = { kind, siteUrl, sealedKey: secrets.seal(key.trim()) }
  const sealedWebhookSecret = secrets.seal(randomBytes(24).toString('hex'))
  const [known] = await database.select().from(ghostSources).where(eq(ghostSources.name, name))
  const isSecretLost = known && findWebhookSecret(secrets, known) === undefined
  const [source] = await database
    .insert(ghostSources)
    .values({ name, ...sealed, sealedWebhookSecret, isActive: isFollowed })
    .onConflictDoUpdate({
      target: ghostSources.name,
      set: {
        ...sealed,
        ...(isSecretLost && { sealedWebhookSecret }),
        ...(isFollowed && { isActive: true }),
        updatedAt: sql`now()`,
      },
    })
    .returning()
  if (!source) throw new Error('PostgreSQL did not return the source that it stored')
  return source
}

/**
 * The name under which the site's rows are kept: that of an earlier import of the same posts, whose ids Ghost makes
 * unique, else one made of the site's title. This also tries the key.
 */
async function nameSource(
  database: Database,
  siteUrl: string,
  reader: GhostReader,
): Promise<string> {
  const { rows } = await reader.readPage('posts', { order: 'created_at asc' })
  const { title } = await reader.site()
  const ids = rows.map(({ id }) => id)
  const [known] =
    ids.length === 0
      ? []
      : await database
          .select({ source: posts.source })
          .from(posts)
          .where(and(inArray(posts.sourceId, ids), sql`${posts.source} like 'ghost:%'`))
          .limit(1)
  const name = known?.source ?? sourceOf(title)
  const [other] = await database
    .select({ siteUrl: ghostSources.siteUrl })
    .from(ghostSources)
    .where(eq(ghostSources.name, name))
  const isOther = other && hostOf(other.siteUrl) !== hostOf(siteUrl) && !known
  return isOther ? sourceOf(`${title} ${hostOf(siteUrl)}`) : name
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url
}

export async function listSources(database: Queryable): Promise<readonly GhostSource[]> {
  return database.select().from(ghostSources).orderBy(asc(ghostSources.createdAt))
}

export async function findGhostSource(
  database: Queryable,
  id: string,
): Promise<GhostSource | undefined> {
  const [source] = await database.select().from(ghostSources).where(eq(ghostSources.id, id))
  return source
}

export async function changeSource(
  database: Queryable,
  id: string,
  values: Partial<typeof ghostSources.$inferInsert>,
): Promise<void> {
  await database
    .update(ghostSources)
    .set({ ...values, updatedAt: sql`now()` })
    .where(eq(ghostSources.id, id))
}

/** What came from there stays. */
export async function removeSource(database: Database, id: string): Promise<void> {
  await database.delete(ghostSources).where(eq(ghostSources.id, id))
}
