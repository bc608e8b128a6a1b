import { and, asc, eq, isNotNull, ne, type SQL, sql } from 'drizzle-orm'
import type { FederationService, MemberProfile } from '../../contracts/federation.ts'
import { emitActivity } from '../../events/emit-activity.ts'
import { apActorProfiles } from '../../models/federation.ts'
import { logins } from '../../models/sign-on.ts'
import type { ServiceDependencies } from '../registry.ts'
import { findReachedClients } from './reached-clients.ts'

const columns = {
  userId: sql<string>`${apActorProfiles.userId}`,
  username: apActorProfiles.username,
  displayName: apActorProfiles.displayName,
  summary: apActorProfiles.summary,
  avatar: apActorProfiles.avatar,
  memberSince: apActorProfiles.createdAt,
}

export function createFederationService({
  database,
  cache,
}: Pick<ServiceDependencies, 'database' | 'cache'>): FederationService {
  async function findProfile(condition: SQL): Promise<MemberProfile | undefined> {
    const [profile] = await database
      .select(columns)
      .from(apActorProfiles)
      .where(and(condition, isNotNull(apActorProfiles.userId)))
    return profile && withPath(profile)
  }

  /** Whatever hangs on a sign-in goes with its row: foreign keys see to that, in one statement. */
  async function endLogins(condition: SQL): Promise<void> {
    const ended = await database.transaction(async (transaction) => {
      const reached = await findReachedClients(transaction, condition)
      const rows = await transaction.delete(logins).where(condition).returning()
      for (const { id, userId, deviceId } of rows) {
        await emitActivity(transaction, {
          type: 'SignOut',
          originApp: 'federation',
          actorUserId: userId,
          objectType: 'Person',
          objectId: userId,
          payload: { userId, deviceId, app: 'federation', clients: reached.get(id) ?? [] },
        })
      }
      return rows
    })
    if (ended.length > 0) await cache.invalidateTags(ended.map(({ id }) => `login:${id}`))
  }

  return {
    findProfileByUser: (userId) => findProfile(eq(apActorProfiles.userId, userId)),
    findProfileByUsername: (username) =>
      findProfile(eq(sql`lower(${apActorProfiles.username})`, username.toLowerCase())),

    async listProfiles({ limit }) {
      const profiles = await database
        .select(columns)
        .from(apActorProfiles)
        .where(isNotNull(apActorProfiles.userId))
        .orderBy(asc(sql`lower(${apActorProfiles.username})`))
        .limit(limit)
      return profiles.map(withPath)
    },

    endLogin: (loginId) => endLogins(eq(logins.id, loginId)),
    endDeviceLogins: (deviceId) => endLogins(eq(logins.deviceId, deviceId)),
    endUserLogins: (userId, { except } = {}) =>
      endLogins(
        sql`${logins.userId} = ${userId} and ${except ? ne(logins.id, except) : sql`true`}`,
      ),
  }
}

function withPath(profile: Omit<MemberProfile, 'path'>): MemberProfile {
  return { ...profile, path: `/@${profile.username}` }
}
