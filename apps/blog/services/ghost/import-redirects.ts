import { asc, eq, sql } from 'drizzle-orm'
import { type Database, redirectRules, redirects, type Transaction } from '../../models/index.ts'
import { nothingDone, type Outcome } from './outcome.ts'
import { compilePattern, isPattern, longestPattern } from './redirect-pattern.ts'
import type { FileRedirect } from './redirects-file.ts'

const mostRules = 1000
const mostRedirects = 50_000
const atOnce = 500

interface PlainRedirect {
  readonly fromPath: string
  readonly toPath: string
  readonly permanent: boolean
}

/**
 * Stores the redirects of a file: exact ones as they are, each in a single step, and patterns in the place of those
 * that came from the same source before. What cannot be taken is named, and the rest is stored.
 */
export async function importRedirects(
  database: Database,
  source: string,
  list: readonly FileRedirect[],
): Promise<Outcome> {
  const warnings: string[] = []
  const plain = new Map<string, PlainRedirect>()
  const rules: (typeof redirectRules.$inferInsert)[] = []
  for (const { from, to, permanent } of list) {
    const refusal = refuse(from, to)
    if (refusal) warnings.push(`“${shown(from)}”: ${refusal}.`)
    else if (isPattern(from)) {
      rules.push({ pattern: from, target: to, permanent, sortOrder: rules.length, source })
    } else plain.set(bare(from), { fromPath: from, toPath: to, permanent })
  }
  if (rules.length > mostRules || plain.size > mostRedirects) {
    const limit = `${mostRules} patterns and ${mostRedirects} redirects`
    return { ...nothingDone, warnings: [`The file has more than ${limit}; nothing was taken.`] }
  }
  const direct = [...plain.values()].flatMap((one) => {
    const toPath = follow(one, plain)
    if (toPath === undefined) warnings.push(`“${shown(one.fromPath)}”: it leads in a circle.`)
    return toPath === undefined ? [] : [{ ...one, toPath }]
  })
  const done = await database.transaction(async (transaction) => {
    const stored = await storePlain(transaction, direct)
    const changed = await storeRules(transaction, source, rules)
    return { stored, changed }
  })
  const { created, updated } = done.stored
  return {
    created: created + (done.changed ? rules.length : 0),
    updated,
    unchanged: direct.length - created - updated + (done.changed ? 0 : rules.length),
    warnings,
  }
}

function refuse(from: string, to: string): string | undefined {
  if (to.length > longestPattern || from.length > longestPattern) return 'it is too long'
  if (!/^(\/(?!\/)|https?:\/\/)/.test(to)) return 'it leads to no address'
  if (!isPattern(from)) {
    if (!from.startsWith('/') || from.startsWith('//')) return 'an address here begins with “/”'
    return bare(from) === bare(to) ? 'it leads to itself' : undefined
  }
  return compilePattern(from) ? undefined : 'the pattern uses what is not possible here'
}

function bare(path: string): string {
  return path.replace(/(?<=.)\/$/, '')
}

function shown(from: string): string {
  return from.length > 80 ? `${from.slice(0, 80)}…` : from
}

/** The end of a chain; undefined for a circle. */
function follow(
  { fromPath, toPath }: PlainRedirect,
  all: ReadonlyMap<string, PlainRedirect>,
): string | undefined {
  const seen = new Set([bare(fromPath)])
  let to = toPath
  for (let next = all.get(bare(to)); next; next = all.get(bare(to))) {
    if (seen.has(bare(to))) return undefined
    seen.add(bare(to))
    to = next.toPath
  }
  return seen.has(bare(to)) ? undefined : to
}

async function storePlain(
  transaction: Transaction,
  rows: readonly PlainRedirect[],
): Promise<{ readonly created: number; readonly updated: number }> {
  let [created, updated] = [0, 0]
  for (let start = 0; start < rows.length; start += atOnce) {
    const page = rows.slice(start, start + atOnce)
    const stored = await transaction
      .insert(redirects)
      .values(page.map((row) => ({ ...row })))
      .onConflictDoUpdate({
        target: redirects.fromPath,
        set: { toPath: sql`excluded.to_path`, permanent: sql`excluded.permanent` },
        setWhere: sql`(${redirects.toPath}, ${redirects.permanent})
          is distinct from (excluded.to_path, excluded.permanent)`,
      })
      .returning({ isNew: sql<boolean>`xmax = 0` })
    created += stored.filter(({ isNew }) => isNew).length
    updated += stored.filter(({ isNew }) => !isNew).length
    // What led to an address that itself leads on now goes there at once.
    await transaction.execute(sql`
      update ${redirects} set to_path = moved.to_path
      from unnest(${sql.param(page.map(({ fromPath }) => bare(fromPath)))}::text[],
        ${sql.param(page.map(({ toPath }) => toPath))}::text[]) as moved (from_path, to_path)
      where redirects.to_path in (moved.from_path, moved.from_path || '/')`)
  }
  return { created, updated }
}

/** Whether anything changed. */
async function storeRules(
  transaction: Transaction,
  source: string,
  rules: readonly (typeof redirectRules.$inferInsert)[],
): Promise<boolean> {
  const { pattern, target, permanent } = redirectRules
  const known = await transaction
    .select({ pattern, target, permanent })
    .from(redirectRules)
    .where(eq(redirectRules.source, source))
    .orderBy(asc(redirectRules.sortOrder), asc(redirectRules.id))
  const wanted = rules.map((rule) => ({
    pattern: rule.pattern,
    target: rule.target,
    permanent: rule.permanent ?? true,
  }))
  if (JSON.stringify(known) === JSON.stringify(wanted)) return false
  await transaction.delete(redirectRules).where(eq(redirectRules.source, source))
  if (rules.length > 0) await transaction.insert(redirectRules).values([...rules])
  return true
}
