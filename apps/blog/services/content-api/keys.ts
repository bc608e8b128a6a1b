import { eq, sql } from 'drizzle-orm'
import { type Database, integrations } from '../../models/index.ts'
import { unknownKey } from './content-api-error.ts'

const keyPattern = /^[\da-f]{26}$/
const noteEveryMilliseconds = 60_000

/** Throws ContentApiError when no integration has this key; notes that it was used, once a minute. */
export async function useKey(database: Database, key: unknown, now = new Date()): Promise<void> {
  if (typeof key !== 'string' || !keyPattern.test(key)) throw unknownKey()
  const [found] = await database
    .select({ id: integrations.id, lastUsedAt: integrations.lastUsedAt })
    .from(integrations)
    .where(eq(integrations.contentKey, key))
  if (!found) throw unknownKey()
  const { id, lastUsedAt } = found
  if (lastUsedAt && now.getTime() - lastUsedAt.getTime() < noteEveryMilliseconds) return
  await database
    .update(integrations)
    .set({ lastUsedAt: now })
    // Of many requests at once, one writes.
    .where(
      sql`${integrations.id} = ${id} and ${integrations.lastUsedAt} is not distinct from ${lastUsedAt?.toISOString() ?? null}::timestamptz`,
    )
}
