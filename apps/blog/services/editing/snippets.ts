import { asc, eq } from 'drizzle-orm'
import { type Database, snippets } from '../../models/index.ts'

export interface Snippet {
  readonly id: string
  readonly name: string
  /** As the editor makes and takes it. */
  readonly lexical: unknown
}

/** A site has some dozens; more than this many are not shown in the editor's menu. */
const most = 500

/** By name. */
export async function listSnippets(database: Database): Promise<readonly Snippet[]> {
  return database
    .select({ id: snippets.id, name: snippets.name, lexical: snippets.lexical })
    .from(snippets)
    .orderBy(asc(snippets.name))
    .limit(most)
}

/** One of the same name is replaced. */
export async function saveSnippet(
  database: Database,
  { name, lexical }: Omit<Snippet, 'id'>,
): Promise<void> {
  await database
    .insert(snippets)
    .values({ name, lexical })
    .onConflictDoUpdate({ target: snippets.name, set: { lexical, updatedAt: new Date() } })
}

/** Undefined when it is not there; false when the name is another's. */
export async function renameSnippet(
  database: Database,
  { id, name }: Pick<Snippet, 'id' | 'name'>,
): Promise<boolean | undefined> {
  const [other] = await database
    .select({ id: snippets.id })
    .from(snippets)
    .where(eq(snippets.name, name))
  if (other && other.id !== id) return false
  const renamed = await database
    .update(snippets)
    .set({ name, updatedAt: new Date() })
    .where(eq(snippets.id, id))
    .returning({ id: snippets.id })
  return renamed.length > 0 ? true : undefined
}

export async function deleteSnippet(
  database: Database,
  which: { readonly id: string } | { readonly name: string },
): Promise<boolean> {
  const condition = 'id' in which ? eq(snippets.id, which.id) : eq(snippets.name, which.name)
  const gone = await database.delete(snippets).where(condition).returning({ id: snippets.id })
  return gone.length > 0
}
