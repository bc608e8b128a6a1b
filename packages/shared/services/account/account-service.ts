import { asc, eq, inArray, sql } from 'drizzle-orm'
import type { AccountService } from '../../contracts/account.ts'
import { InvalidInputError } from '../../contracts/errors.ts'
import { roleGrants, users } from '../../models/accounts.ts'
import type { ServiceDependencies } from '../registry.ts'
import { heldRoles } from './held-roles.ts'
import { deleteGrant, insertGrant } from './role-grants.ts'

const columns = {
  id: users.id,
  email: users.email,
  displayName: users.displayName,
  roles: heldRoles(),
}

export function createAccountService({
  database,
  cache,
}: Pick<ServiceDependencies, 'database' | 'cache'>): AccountService {
  const forget = (userId: string) =>
    cache.invalidateTags([`user:${userId}`, `visitor:user:${userId}`])
  const withEmail = (email: string) => eq(sql`lower(${users.email})`, email.trim().toLowerCase())

  async function findUserByEmail(email: string) {
    const [user] = await database.select(columns).from(users).where(withEmail(email))
    return user
  }

  return {
    async findUser(id) {
      const [user] = await database.select(columns).from(users).where(eq(users.id, id))
      return user
    },

    findUserByEmail,

    async ensureUser(email) {
      const address = email.trim()
      const displayName = address.slice(0, address.indexOf('@'))
      // Two sign-ins at once: one inserts, the other finds what it inserted.
      await database.insert(users).values({ email: address, displayName }).onConflictDoNothing()
      const user = await findUserByEmail(address)
      if (!user) throw new Error('The account that was just made cannot be found.')
      return user
    },

    async rename(userId, displayName) {
      const name = displayName.replaceAll(/\s+/g, ' ').trim()
      if (!isName(name)) {
        throw new InvalidInputError('A name has between 1 and 80 characters that can be seen.')
      }
      await database
        .update(users)
        .set({ displayName: name, updatedAt: sql`now()` })
        .where(eq(users.id, userId))
      await forget(userId)
    },

    async findMailChoices(userId) {
      const [choices] = await database
        .select({ ofAnswers: users.mailsOfAnswers, ofComments: users.mailsOfComments })
        .from(users)
        .where(eq(users.id, userId))
      return choices
    },

    async chooseMails(userId, { ofAnswers, ofComments }) {
      await database
        .update(users)
        .set({
          ...(ofAnswers !== undefined && { mailsOfAnswers: ofAnswers }),
          ...(ofComments !== undefined && { mailsOfComments: ofComments }),
          updatedAt: sql`now()`,
        })
        .where(eq(users.id, userId))
    },

    async listRoleHolders() {
      const holders = database.select({ id: roleGrants.userId }).from(roleGrants)
      return database
        .select(columns)
        .from(users)
        .where(inArray(users.id, holders))
        .orderBy(asc(sql`lower(${users.displayName})`), asc(sql`lower(${users.email})`))
    },

    // Forgotten also when nothing has changed: the one before may have ended before it came to that.
    async grantRole(grant) {
      const isNew = await insertGrant(database, grant)
      await forget(grant.userId)
      return isNew
    },

    async revokeRole(grant) {
      const wasHeld = await deleteGrant(database, grant)
      await forget(grant.userId)
      return wasHeld
    },
  }
}

const longestName = 80

/** Something to see in it, and nothing that makes a line run backwards or that PostgreSQL cannot hold. */
function isName(name: string): boolean {
  const hasSomething = /[\p{L}\p{N}\p{S}\p{P}]/u.test(name)
  const hasControls = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(name)
  return hasSomething && !hasControls && Array.from(name).length <= longestName
}
