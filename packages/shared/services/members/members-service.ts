import { and, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { MembersService } from '../../contracts/members.ts'
import { memberships, tiers } from '../../models/members.ts'
import type { ServiceDependencies } from '../registry.ts'

export function createMembersService({ database }: ServiceDependencies): MembersService {
  return {
    async standingOf(userId) {
      const held = await database
        .select({ tierId: tiers.id, type: tiers.type })
        .from(memberships)
        .innerJoin(tiers, eq(tiers.id, memberships.tierId))
        .where(
          and(
            eq(memberships.userId, userId),
            or(isNull(memberships.endsAt), gt(memberships.endsAt, sql`now()`)),
          ),
        )
      return {
        isPaying: held.some(({ type }) => type === 'paid'),
        tierIds: held.map(({ tierId }) => tierId),
      }
    },
  }
}
