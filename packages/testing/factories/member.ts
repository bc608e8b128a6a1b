import { roleGrants, users } from '@rose-ash/shared/models/accounts'
import type { Database } from '@rose-ash/shared/models/database'
import { apActorProfiles } from '@rose-ash/shared/models/federation'
import { shortId } from './page.ts'

/** Somebody with an account, and nothing else. */
export async function createUser(
  database: Database,
  {
    roles = [],
    ...values
  }: Partial<typeof users.$inferInsert> & { roles?: readonly string[] } = {},
): Promise<typeof users.$inferSelect> {
  const [user] = await database
    .insert(users)
    .values({ email: `${shortId()}@example.org`, displayName: 'A baker', ...values })
    .returning()
  if (!user) throw new Error('PostgreSQL did not return the user')
  await grantRoles(database, user.id, roles)
  return user
}

/** On the whole site. */
export async function grantRoles(
  database: Database,
  userId: string,
  roles: readonly string[],
): Promise<void> {
  if (roles.length === 0) return
  await database.insert(roleGrants).values(roles.map((role) => ({ userId, role })))
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
