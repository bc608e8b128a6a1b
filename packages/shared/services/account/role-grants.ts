import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { RoleGrant } from '../../contracts/account.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '../../contracts/errors.ts'
import { isRole, may, roleNames, roles } from '../../contracts/permissions.ts'
import { roleGrants, users } from '../../models/accounts.ts'
import type { Database, Transaction } from '../../models/database.ts'

/** False when it was there already. Throws as `AccountService.grantRole`. */
export async function insertGrant(database: Database, grant: RoleGrant): Promise<boolean> {
  const { userId, role, container } = grant
  if (!isRole(role)) throw unknownRole(role)
  if (container && !roles[role].fitsContainer) {
    throw new InvalidInputError(`The role “${role}” is for the whole site, not for one page.`)
  }
  return database.transaction(async (transaction) => {
    const [user] = await transaction
      .select({ id: users.id })
      .from(users)
      .where(eq(users.id, userId))
      .for('key share')
    if (!user) throw new NotFoundError('There is no such member.')
    const added = await transaction
      .insert(roleGrants)
      .values({ userId, role, ...columnsOf(grant) })
      .onConflictDoNothing()
      .returning()
    return added.length > 0
  })
}

/** False when it was not there. Throws as `AccountService.revokeRole`. */
export async function deleteGrant(database: Database, grant: RoleGrant): Promise<boolean> {
  return database.transaction(async (transaction) => {
    // One after the other: of the last two, each could be taken away because of the other.
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended('role-grants', 0))`)
    const removed = await transaction.delete(roleGrants).where(isGrant(grant)).returning()
    if (removed.length === 0 && !isRole(grant.role)) throw unknownRole(grant.role)
    if (removed.length > 0 && givesRoles(grant)) await requireAnother(transaction)
    return removed.length > 0
  })
}

function columnsOf({ container }: RoleGrant) {
  return { containerType: container?.type ?? '', containerId: container?.id ?? '' }
}

function isGrant(grant: RoleGrant): SQL | undefined {
  const { containerType, containerId } = columnsOf(grant)
  return and(
    eq(roleGrants.userId, grant.userId),
    eq(roleGrants.role, grant.role),
    eq(roleGrants.containerType, containerType),
    eq(roleGrants.containerId, containerId),
  )
}

/** Whoever holds it may give roles on the whole site. */
function givesRoles(held: Pick<RoleGrant, 'role' | 'container'>): boolean {
  return may([held], 'roles.grant')
}

async function requireAnother(transaction: Transaction): Promise<void> {
  const giving = roleNames.filter((role) => givesRoles({ role, container: null }))
  const left = await transaction.$count(
    roleGrants,
    and(inArray(roleGrants.role, giving), eq(roleGrants.containerType, '')),
  )
  if (left > 0) return
  throw new ConflictError(
    'Nobody would be left who may give roles: please give the role to somebody else first.',
  )
}

function unknownRole(role: string): InvalidInputError {
  return new InvalidInputError(`“${role}” is no role: there are ${roleNames.join(', ')}.`)
}
