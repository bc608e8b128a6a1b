import { eq } from 'drizzle-orm'
import { redirects, type Transaction } from '../../models/index.ts'

/** What was read at one path is read at another from now on, in a single step. */
export async function addRedirect(
  transaction: Transaction,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  // The new path may itself have been left once, and older redirects may lead to the one left now.
  await transaction.delete(redirects).where(eq(redirects.fromPath, to))
  await transaction.update(redirects).set({ toPath: to }).where(eq(redirects.toPath, from))
  await transaction
    .insert(redirects)
    .values({ fromPath: from, toPath: to })
    .onConflictDoUpdate({ target: redirects.fromPath, set: { toPath: to, permanent: true } })
}
