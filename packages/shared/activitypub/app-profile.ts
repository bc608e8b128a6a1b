import { eq } from 'drizzle-orm'
import type { AppName } from '../contracts/apps.ts'
import type { Queryable } from '../models/database.ts'
import { apActorProfiles } from '../models/federation.ts'

export type AppProfile = typeof apActorProfiles.$inferSelect

/** The profile that an app has as a whole; it is made when it is first asked for. */
export async function getAppProfile(
  database: Queryable,
  { app, displayName, summary }: { app: AppName; displayName: string; summary: string },
): Promise<AppProfile> {
  const find = () => database.select().from(apActorProfiles).where(eq(apActorProfiles.app, app))
  const [known] = await find()
  if (known) return known
  await database
    .insert(apActorProfiles)
    .values({ app, username: app, displayName, summary })
    .onConflictDoNothing({ target: apActorProfiles.app })
  const [made] = await find()
  if (!made) throw new Error(`The profile of ${app} was not stored.`)
  return made
}
