import { cpSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { roleGrants, users } from '@rose-ash/shared/models/accounts'
import type { Transaction } from '@rose-ash/shared/models/database'
import { apActorProfiles } from '@rose-ash/shared/models/federation'
import { menuNodes } from '@rose-ash/shared/models/navigation'
import { eq, sql } from 'drizzle-orm'
import { readDemoAccounts } from './accounts.ts'
import type { DemoAccount, DemoImage, DemoNavigationItem } from './shapes.ts'

const demoFolder = fileURLToPath(new URL('.', import.meta.url))

/** The people and the menu. Doing it twice changes nothing. */
export async function loadDemoAccounts(
  transaction: Transaction,
  mediaFolder: string,
): Promise<void> {
  const { accounts, navigation } = readDemoAccounts()
  for (const account of accounts) {
    const userId = await ensureUser(transaction, account)
    await transaction
      .insert(apActorProfiles)
      .values({
        userId,
        username: account.username,
        displayName: account.displayName,
        summary: account.summary,
        avatar: publishDemoImage(account.avatar, mediaFolder),
      })
      .onConflictDoNothing()
  }
  const [{ nodeCount } = { nodeCount: 0 }] = await transaction
    .select({ nodeCount: sql<number>`count(*)::int` })
    .from(menuNodes)
  if (nodeCount === 0) await insertNavigation(transaction, { items: navigation, parentId: null })
}

/** Copies a demo picture to where every app serves it from, and returns that path. */
export function publishDemoImage({ file }: DemoImage, mediaFolder: string): string {
  const path = `/content/images/demo/${file.replace('/images/', '/')}`
  const target = join(mediaFolder, path)
  mkdirSync(dirname(target), { recursive: true })
  cpSync(join(demoFolder, file), target)
  return path
}

async function ensureUser(transaction: Transaction, account: DemoAccount): Promise<string> {
  const { email, displayName, role } = account
  await transaction.insert(users).values({ email, displayName }).onConflictDoNothing()
  const [user] = await transaction.select().from(users).where(eq(users.email, email))
  if (!user) throw new Error(`The demo account ${email} could not be made.`)
  if (role === 'admin') {
    await transaction.insert(roleGrants).values({ userId: user.id, role }).onConflictDoNothing()
  }
  return user.id
}

async function insertNavigation(
  transaction: Transaction,
  { items, parentId }: { items: readonly DemoNavigationItem[]; parentId: string | null },
): Promise<void> {
  for (const [sortOrder, { label, target, children }] of items.entries()) {
    const place =
      target.kind === 'page'
        ? { app: 'blog', path: `/${target.pageSlug}/` }
        : { app: target.app, path: target.path }
    const [node] = await transaction
      .insert(menuNodes)
      .values({ parentId, label, sortOrder, ...place })
      .returning({ id: menuNodes.id })
    await insertNavigation(transaction, { items: children, parentId: node?.id ?? null })
  }
}
