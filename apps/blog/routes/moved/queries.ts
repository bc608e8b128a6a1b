import { asc, inArray } from 'drizzle-orm'
import { type Database, redirectRules, redirects } from '../../models/index.ts'

/** Where an address that moved leads now, whether or not it was asked for with its last slash. */
export async function findRedirect(
  database: Database,
  path: string,
): Promise<typeof redirects.$inferSelect | undefined> {
  const bare = path.replace(/\/$/, '')
  const rows = await database
    .select()
    .from(redirects)
    .where(inArray(redirects.fromPath, [bare, `${bare}/`]))
  return rows.find(({ fromPath }) => fromPath === path) ?? rows[0]
}

/** In the order in which they are tried. */
export async function listRedirectRules(
  database: Database,
): Promise<readonly (typeof redirectRules.$inferSelect)[]> {
  return database
    .select()
    .from(redirectRules)
    .orderBy(asc(redirectRules.sortOrder), asc(redirectRules.id))
}
