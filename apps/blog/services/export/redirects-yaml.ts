import { and, asc, eq, gt } from 'drizzle-orm'
import { type Database, redirectRules, redirects } from '../../models/index.ts'
import { isPattern } from '../ghost/redirect-pattern.ts'
import { pageSize, readPages } from './read-pages.ts'

/** Redirects as Ghost's own download has them: exact ones first, then patterns in their order. */
export async function* redirectsYaml(database: Database): AsyncGenerator<string> {
  for (const permanent of [true, false]) {
    yield `${permanent ? 301 : 302}:`
    let isEmpty = true
    for await (const lines of entries(database, permanent)) {
      if (lines.length > 0) isEmpty = false
      yield lines.map((line) => `\n${line}`).join('')
    }
    yield isEmpty ? ' {}\n' : '\n'
  }
}

async function* entries(database: Database, permanent: boolean): AsyncGenerator<readonly string[]> {
  const plain = readPages<typeof redirects.$inferSelect>((last) =>
    database
      .select()
      .from(redirects)
      .where(and(eq(redirects.permanent, permanent), last && gt(redirects.fromPath, last.fromPath)))
      .orderBy(asc(redirects.fromPath))
      .limit(pageSize),
  )
  for await (const page of plain) {
    yield page.map(({ fromPath, toPath }) => entry(patternOf(fromPath), toPath))
  }
  // Few, and in an order that is nobody's key.
  const rules = await database
    .select()
    .from(redirectRules)
    .where(eq(redirectRules.permanent, permanent))
    .orderBy(asc(redirectRules.source), asc(redirectRules.sortOrder), asc(redirectRules.id))
    .limit(rulesAtMost)
  yield rules.map(({ pattern, target }) => entry(pattern, target))
}

/** An import takes no more from one site. */
const rulesAtMost = 10_000

/** Ghost reads every address as a regular expression. */
function patternOf(path: string): string {
  return isPattern(path) ? `^${path.replace(/[\\^$*+?()[\]{}|.]/g, '\\$&')}$` : path
}

/** YAML takes no longer text before a colon. */
const keyLength = 1000

function entry(from: string, to: string): string {
  const [key, value] = [JSON.stringify(from), JSON.stringify(to)]
  return key.length > keyLength ? `  ? ${key}\n  : ${value}` : `  ${key}: ${value}`
}

/** How the addresses of this site are made, as a Ghost site is told in its routes file. */
export const routesYaml = `routes:

collections:
  /:
    permalink: /{slug}/
    template: index

taxonomies:
  tag: /tag/{slug}/
  author: /author/{slug}/
`
