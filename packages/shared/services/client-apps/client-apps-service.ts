import { and, asc, eq, sql } from 'drizzle-orm'
import type { ClientAppDraft, ClientAppsService } from '../../contracts/client-apps.ts'
import { ConflictError, NotFoundError } from '../../contracts/errors.ts'
import { clientApps } from '../../models/client-apps.ts'
import { createSecretId, hashSecretId } from '../../secret-ids.ts'
import type { ServiceDependencies } from '../registry.ts'
import { checkDraft } from './check-draft.ts'
import { listLetIn, takeBack } from './let-in.ts'

const most = 20
const columns = {
  id: clientApps.id,
  name: clientApps.name,
  kind: clientApps.kind,
  homepage: clientApps.homepage,
  redirectUris: clientApps.redirectUris,
  postLogoutRedirectUris: clientApps.postLogoutRedirectUris,
  backchannelLogoutUri: clientApps.backchannelLogoutUri,
  mayStay: clientApps.mayStay,
  createdAt: clientApps.createdAt,
}

export function createClientAppsService({
  database,
  publicUrls,
  platformName,
}: Pick<ServiceDependencies, 'database' | 'publicUrls' | 'platformName'>): ClientAppsService {
  const ownHosts = new Set(Object.values(publicUrls).map((url) => new URL(url).host))
  const check = (draft: ClientAppDraft) => checkDraft(draft, { platformName, ownHosts })
  const isOwn = (ownerId: string, id: string) =>
    and(eq(clientApps.ownerId, ownerId), eq(clientApps.id, id))
  const notTheirs = () => new NotFoundError('There is no such app of yours.')

  async function findOwn(ownerId: string, id: string) {
    const [app] = await database.select(columns).from(clientApps).where(isOwn(ownerId, id))
    return app
  }

  return {
    listOwn: async (ownerId) =>
      database
        .select(columns)
        .from(clientApps)
        .where(eq(clientApps.ownerId, ownerId))
        .orderBy(asc(clientApps.createdAt)),

    findOwn,

    async register(ownerId, draft) {
      const checked = check(draft)
      if ('problems' in checked) return { status: 'refused', problems: checked.problems }
      const secret = checked.app.kind === 'web' ? createSecretId() : null
      const [app] = await database.transaction(async (transaction) => {
        // Two at once are counted one after the other.
        await transaction.execute(
          sql`select pg_advisory_xact_lock(hashtextextended(${`client-apps ${ownerId}`}, 0))`,
        )
        const count = await transaction.$count(clientApps, eq(clientApps.ownerId, ownerId))
        if (count >= most)
          throw new ConflictError(`${most} apps are the most that one member can have.`)
        return transaction
          .insert(clientApps)
          .values({
            ...checked.app,
            id: createSecretId().slice(0, 22),
            ownerId,
            secretHash: secret && hashSecretId(secret),
          })
          .returning(columns)
      })
      return { status: 'registered', app: app!, secret }
    },

    async change(ownerId, id, draft) {
      const before = await findOwn(ownerId, id)
      if (!before) throw notTheirs()
      const checked = check({ ...draft, kind: before.kind })
      if ('problems' in checked) return { status: 'refused', problems: checked.problems }
      await database
        .update(clientApps)
        .set({ ...checked.app, updatedAt: sql`now()` })
        .where(isOwn(ownerId, id))
      return { status: 'changed' }
    },

    async renewSecret(ownerId, id) {
      const app = await findOwn(ownerId, id)
      if (!app) throw notTheirs()
      if (app.kind !== 'web') throw new ConflictError('An app of this kind has no secret.')
      const secret = createSecretId()
      await database
        .update(clientApps)
        .set({ secretHash: hashSecretId(secret), updatedAt: sql`now()` })
        .where(isOwn(ownerId, id))
      return secret
    },

    async remove(ownerId, id) {
      await database.delete(clientApps).where(isOwn(ownerId, id))
    },

    listLetIn: (userId) => listLetIn(database, userId),
    takeBack: (userId, clientId) => takeBack(database, { userId, clientId }),
  }
}
