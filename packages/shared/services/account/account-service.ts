import { eq, sql } from 'drizzle-orm'
import type { AccountService } from '../../contracts/account.ts'
import { InvalidInputError } from '../../contracts/errors.ts'
import { users } from '../../models/accounts.ts'
import type { ServiceDependencies } from '../registry.ts'
import { heldRoles } from './held-roles.ts'

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
      await cache.invalidateTags([`user:${userId}`, `visitor:user:${userId}`])
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
