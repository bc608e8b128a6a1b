import { randomBytes } from 'node:crypto'
import type { StoredSecrets } from '@rose-ash/shared/infrastructure/stored-secrets'
import { and, asc, count, eq } from 'drizzle-orm'
import { type Database, integrations, outgoingWebhooks } from '../../models/index.ts'
import type { WebhookEvent } from './webhook-events.ts'

export type Integration = typeof integrations.$inferSelect
export type Webhook = typeof outgoingWebhooks.$inferSelect

const keyBytes = 13
const secretBytes = 32

export interface ListedIntegration extends Pick<Integration, 'id' | 'name' | 'lastUsedAt'> {
  readonly webhookCount: number
}

export async function listIntegrations(database: Database): Promise<readonly ListedIntegration[]> {
  return database
    .select({
      id: integrations.id,
      name: integrations.name,
      lastUsedAt: integrations.lastUsedAt,
      webhookCount: count(outgoingWebhooks.id),
    })
    .from(integrations)
    .leftJoin(outgoingWebhooks, eq(outgoingWebhooks.integrationId, integrations.id))
    .groupBy(integrations.id)
    .orderBy(asc(integrations.name), asc(integrations.id))
    .limit(500)
}

export async function findIntegration(
  database: Database,
  id: string,
): Promise<Integration | undefined> {
  const [found] = await database.select().from(integrations).where(eq(integrations.id, id))
  return found
}

export async function createIntegration(
  database: Database,
  { name, createdBy }: { readonly name: string; readonly createdBy: string },
): Promise<Integration> {
  const contentKey = randomBytes(keyBytes).toString('hex')
  const [created] = await database
    .insert(integrations)
    .values({ name, createdBy, contentKey })
    .returning()
  if (!created) throw new Error('PostgreSQL did not return the integration')
  return created
}

/** With its webhooks. False when it was not there. */
export async function deleteIntegration(database: Database, id: string): Promise<boolean> {
  const deleted = await database.delete(integrations).where(eq(integrations.id, id)).returning()
  return deleted.length > 0
}

export async function listWebhooks(
  database: Database,
  integrationId: string,
): Promise<readonly Webhook[]> {
  return database
    .select()
    .from(outgoingWebhooks)
    .where(eq(outgoingWebhooks.integrationId, integrationId))
    .orderBy(asc(outgoingWebhooks.createdAt), asc(outgoingWebhooks.id))
}

/** Returns the secret, which is known to nobody afterwards. */
export async function addWebhook(
  { database, secrets }: { readonly database: Database; readonly secrets: StoredSecrets },
  webhook: {
    readonly integrationId: string
    readonly event: WebhookEvent
    readonly targetUrl: string
  },
): Promise<string> {
  const secret = randomBytes(secretBytes).toString('hex')
  await database.insert(outgoingWebhooks).values({ ...webhook, sealedSecret: secrets.seal(secret) })
  return secret
}

export async function removeWebhook(
  database: Database,
  { id, integrationId }: Pick<Webhook, 'id' | 'integrationId'>,
): Promise<boolean> {
  const removed = await database
    .delete(outgoingWebhooks)
    .where(and(eq(outgoingWebhooks.id, id), eq(outgoingWebhooks.integrationId, integrationId)))
    .returning()
  return removed.length > 0
}
