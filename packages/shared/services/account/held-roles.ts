import { type SQL, sql } from 'drizzle-orm'
import type { HeldRole } from '../../contracts/permissions.ts'
import { roleGrants, users } from '../../models/accounts.ts'

/** A column for a select from `users`: the roles of that user, in one statement with the rest. */
export function heldRoles(): SQL<HeldRole[]> {
  return sql<HeldRole[]>`(
    select coalesce(json_agg(json_build_object(
      'role', ${roleGrants.role},
      'container', case when ${roleGrants.containerType} = '' then null else json_build_object(
        'type', ${roleGrants.containerType}, 'id', ${roleGrants.containerId}) end
    ) order by ${roleGrants.role}), '[]')
    from ${roleGrants} where ${roleGrants.userId} = ${users.id}
  )`
}
