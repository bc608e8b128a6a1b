import { inArray } from 'drizzle-orm'
import { type Database, snippets } from '../../models/index.ts'
import { isDocument } from '../documents/lexical.ts'
import { parseJson } from '../documents/parse-json.ts'
import { renameMedia } from './addresses.ts'
import { cleanParsed } from './clean-text.ts'
import { fingerprint } from './fingerprint.ts'
import { rowSchemas, type SnippetRow } from './rows.ts'
import type { Staging } from './staging.ts'

const batchSize = 50
const longestName = 191

/**
 * Parts of texts that editors put in again and again, by their names. What is called so here already stays
 * as it is. Returns warnings.
 */
export async function importSnippets(
  session: Database,
  staging: Staging,
  renamed: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const warnings: string[] = []
  for await (const batch of staging.batches('snippets', batchSize)) {
    const rows = batch.map((row) => rowSchemas.snippets.parse(row))
    const names = rows.map(({ name }) => name.trim())
    const found = await session.select().from(snippets).where(inArray(snippets.name, names))
    const known = new Map(found.map(({ name, lexical }) => [name, fingerprint(lexical)]))
    const added: (typeof snippets.$inferInsert)[] = []
    for (const row of rows) {
      const name = row.name.trim()
      const lexical = readNodes(renameMedia(row.lexical ?? '', renamed))
      if (name === '' || name.length > longestName || !lexical) {
        warnings.push(
          `The snippet “${name.slice(0, longestName)}” cannot be read; it was left out.`,
        )
        continue
      }
      const here = known.get(name)
      if (here === undefined) {
        known.set(name, fingerprint(lexical))
        added.push({ name, lexical, ...datesOf(row) })
      } else if (here !== fingerprint(lexical)) {
        warnings.push(`Another snippet is called “${name}” here; it was kept.`)
      }
    }
    if (added.length > 0) await session.insert(snippets).values(added).onConflictDoNothing()
  }
  return warnings
}

/** As the editor keeps it: a list of nodes. Ghost has had whole documents too. */
function readNodes(json: string): { readonly nodes: readonly unknown[] } | undefined {
  const value = cleanParsed(parseJson(json))
  if (isDocument(value)) return nodesOf({ namespace: 'KoenigEditor', nodes: value.root.children })
  return nodesOf(value)
}

function nodesOf(value: unknown): { readonly nodes: readonly unknown[] } | undefined {
  if (typeof value !== 'object' || value === null || !('nodes' in value)) return undefined
  const { nodes } = value
  const isSound =
    Array.isArray(nodes) &&
    nodes.length > 0 &&
    nodes.every((node: unknown) => typeof node === 'object' && node !== null && 'type' in node)
  return isSound ? { ...value, nodes } : undefined
}

function datesOf({ created_at: createdAt, updated_at: updatedAt }: SnippetRow) {
  return { ...(createdAt && { createdAt }), ...(updatedAt && { updatedAt }) }
}
