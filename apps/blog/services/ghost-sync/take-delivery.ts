import type { StoredSecrets } from '@rose-ash/shared/infrastructure/stored-secrets'
import { sql } from 'drizzle-orm'
import { type Database, ghostDeliveries, type Transaction } from '../../models/index.ts'
import { storedTime } from './is-up-to-date.ts'
import { changeSource, findGhostSource } from './sources.ts'
import { type DeliveredChange, readDelivery } from './webhook-events.ts'
import { findWebhookSecret } from './webhook-secret.ts'
import { isSignedBy, type SignedDelivery } from './webhook-signature.ts'

export type TakenDelivery = 'taken' | 'known' | 'ignored' | 'unknown-source' | 'refused'

export interface DeliveryDesk {
  readonly database: Database
  readonly secrets: StoredSecrets
  /** Called once for each change, inside the transaction that notes it. */
  readonly enqueue: (
    transaction: Transaction,
    sourceId: string,
    change: DeliveredChange,
  ) => Promise<void>
}

/**
 * Takes in what a Ghost site tells. Only that something has changed is believed; what it is now is read by the API,
 * later. The same delivery twice is taken once.
 */
export async function takeDelivery(
  { database, secrets, enqueue }: DeliveryDesk,
  sourceId: string,
  delivery: SignedDelivery,
): Promise<TakenDelivery> {
  const source = await findGhostSource(database, sourceId)
  if (!source) return 'unknown-source'
  const secret = findWebhookSecret(secrets, source)
  const takesLegacy = source.takesLegacySignature
  if (!secret || !isSignedBy(delivery, { secret, takesLegacy })) return 'refused'
  if (!source.isActive) return 'ignored'
  const change = readDelivery(delivery.rawBody)
  return database.transaction(async (transaction) => {
    await changeSource(transaction, sourceId, { lastWebhookAt: new Date() })
    if (!change) return 'ignored'
    const { event, objectId, objectUpdatedAt } = change
    const noted = await transaction
      .insert(ghostDeliveries)
      .values({ sourceId, event, objectId, objectUpdatedAt })
      .onConflictDoNothing()
      .returning({ event: ghostDeliveries.event })
    if (noted.length === 0 || (await isOldNews(transaction, source.name, change))) return 'known'
    await enqueue(transaction, sourceId, change)
    return 'taken'
  })
}

/** Of before what is stored. In the same second something else may have changed too, so that counts as news. */
async function isOldNews(
  transaction: Transaction,
  source: string,
  change: DeliveredChange,
): Promise<boolean> {
  if (change.event.endsWith('.deleted')) return false
  const stored = await storedTime(transaction, source, change)
  return stored !== undefined && Date.parse(change.objectUpdatedAt) < Date.parse(stored)
}

const keptDays = 7

/** Ghost gives up after minutes; a week is plenty. */
export async function forgetOldDeliveries(database: Database): Promise<void> {
  await database
    .delete(ghostDeliveries)
    .where(sql`${ghostDeliveries.receivedAt} < now() - make_interval(days => ${keptDays})`)
}
