import { or, inArray, sql } from 'drizzle-orm'
import { posts, type Transaction } from '../../models/index.ts'
import type { Block, SchemaRule } from '../graph/metamodel.ts'
import { parseName } from '../graph/names.ts'
import { findMissingBlocks } from '../graph/schema-check.ts'
import { nameOfRow } from './row-name.ts'

/** A rule that posts did not have to keep before. */
export interface NewRule {
  /** The slug of the type that has it. */
  readonly type: string
  readonly block: Block
}

export interface BrokenRule extends NewRule {
  /** The names of those that do not keep it. */
  readonly objects: readonly string[]
}

const batchSize = 200

/** Which of the rules that objects would newly have to keep they do not keep, by the body that is stored. */
export async function findInvalidPosts(
  transaction: Transaction,
  newRules: ReadonlyMap<string, readonly NewRule[]>,
): Promise<readonly BrokenRule[]> {
  const broken = new Map<string, BrokenRule & { objects: string[] }>()
  const names = [...newRules.keys()]
  for (let start = 0; start < names.length; start += batchSize) {
    const bodies = await readBodies(transaction, names.slice(start, start + batchSize))
    for (const [object, html] of bodies)
      for (const rule of newRules.get(object) ?? []) {
        if (findMissingBlocks(html, [asSchemaRule(rule)]).length === 0) continue
        const key = `${rule.type} ${rule.block}`
        const found = broken.get(key) ?? { ...rule, objects: [] }
        found.objects.push(object)
        broken.set(key, found)
      }
  }
  return [...broken.values()]
}

function asSchemaRule({ block }: NewRule): SchemaRule {
  return { block, message: block }
}

/** Of what has none, such as a tag, nothing is asked. */
async function readBodies(
  transaction: Transaction,
  names: readonly string[],
): Promise<readonly (readonly [string, string])[]> {
  const ids: string[] = []
  const bySlug: string[] = []
  for (const name of names) {
    const parsed = parseName(name)
    if (parsed?.kind === 'post') ids.push(parsed.id)
    else if (parsed?.kind === 'type' || parsed?.kind === 'relation')
      bySlug.push(`${parsed.kind}/${parsed.slug}`)
  }
  if (ids.length + bySlug.length === 0) return []
  const rows = await transaction
    .select({ id: posts.id, type: posts.type, slug: posts.slug, html: posts.html })
    .from(posts)
    .where(
      or(
        inArray(posts.id, ids),
        bySlug.length > 0 ? inArray(sql`${posts.type} || '/' || ${posts.slug}`, bySlug) : undefined,
      ),
    )
  return rows.map((row) => [nameOfRow(row), row.html])
}
