import { users } from '@rose-ash/shared/models/accounts'
import type { Database } from '@rose-ash/shared/models/database'
import { apActorProfiles } from '@rose-ash/shared/models/federation'
import { shortId } from './page.ts'

/** Somebody with an account, and nothing else. */
export async function createUser(
  database: Database,
  values: Partial<typeof users.$inferInsert> = {},
): Promise<typeof users.$inferSelect> {
  const [user] = await database
    .insert(users)
    .values({ email: `${shortId()}@example.org`, displayName: 'A baker', ...values })
    .returning()
  if (!user) throw new Error('PostgreSQL did not return the user')
  return user
}

/** A member who shows themselves, with an account of their own unless `userId` is given. */
export async function createProfile(
  database: Database,
  values: Partial<typeof apActorProfiles.$inferInsert> = {},
): Promise<typeof apActorProfiles.$inferSelect> {
  const userId = values.userId ?? (await createUser(database)).id
  const [profile] = await database
    .insert(apActorProfiles)
    .values({ username: `baker-${shortId()}`, displayName: 'The bakery', ...values, userId })
    .returning()
  if (!profile) throw new Error('PostgreSQL did not return the profile')
  return profile
}
