import { eq, sql } from 'drizzle-orm'
import type { AppName } from '../contracts/apps.ts'
import type { Queryable } from '../models/database.ts'
import { apActorProfiles } from '../models/federation.ts'

export type AppProfile = typeof apActorProfiles.$inferSelect

/** The profile that an app has as a whole. It is made when it is first asked for, and follows the configuration. */
export async function getAppProfile(
  database: Queryable,
  { app, displayName, summary }: { app: AppName; displayName: string; summary: string },
): Promise<AppProfile> {
  const [known] = await database.select().from(apActorProfiles).where(eq(apActorProfiles.app, app))
  if (known?.displayName === displayName && known.summary === summary) return known
  const [stored] = await database
    .insert(apActorProfiles)
    .values({ app, username: app, displayName, summary })
    .onConflictDoUpdate({
      target: apActorProfiles.app,
      set: { displayName, summary, updatedAt: sql`now()` },
    })
    .returning()
  if (!stored) throw new Error(`The profile of ${app} was not stored.`)
  return stored
}
