import {
  type Database,
  datalog,
  DatalogError,
  type ExternalRelation,
  type Problem,
  type Proof,
  type Value,
} from '@rose-ash/datalog'
import { queryLimits, tooLong } from './limits.ts'
import type { ReadQuery } from './read-query.ts'
import { siteArities, unkeptClauses } from './site-relations.ts'

export type Answer =
  | {
      readonly status: 'done'
      /** Objects of the graph, and whatever else the variable stands for. */
      readonly values: ReadonlySet<Value>
    }
  /** Why, as a sentence for readers; `problems` are for whoever wrote the list. */
  | { readonly status: 'stopped'; readonly reason: string; readonly problems: readonly Problem[] }

/** No rule of a text can have this name. */
const listed = 'what is listed'
/** Facts in a proof, before it is cut off. */
const maxNodes = 200
const nowhere = { start: 0, end: 0, line: 1, column: 1 } as const

/**
 * Works a list out in a small database of its own, which asks the site's for rows: whatever its rules are, it ends
 * soon, and nothing of the site's can change. None of its text becomes code.
 */
export function evaluateQuery(site: Database, query: ReadQuery): Answer {
  try {
    const rows = openQuery(site, query).rel(listed).where([undefined]) as (readonly Value[])[]
    return { status: 'done', values: new Set(rows.map(([value]) => value as Value)) }
  } catch (error) {
    if (!(error instanceof DatalogError)) throw error
    return stopped(error)
  }
}

/** Why a value is in the answer, down to rows of the site's relations; undefined when it is not, or nobody can say. */
export function proveAnswer(site: Database, query: ReadQuery, value: Value): Proof | undefined {
  try {
    return openQuery(site, query).explain(listed, [value], { maxNodes }) ?? undefined
  } catch (error) {
    if (!(error instanceof DatalogError)) throw error
    return undefined
  }
}

function openQuery(site: Database, { clauses, body, variable, reads }: ReadQuery): Database {
  const span = body[0]?.span ?? nowhere
  const head = {
    relation: listed,
    terms: [{ kind: 'variable', name: variable, span }],
    span,
  } as const
  const all = [...unkeptClauses, ...clauses, { kind: 'clause', head, body, span } as const]
  const { maxDerivations, maxMs } = queryLimits
  const own = datalog(undefined, {
    external: externalRelations(site, reads),
    demand: all.map((clause) => clause.head.relation),
    maxDerivations,
    maxMs,
    compile: false,
  })
  own.add({ clauses: all })
  return own
}

function stopped({ code, problems }: DatalogError): Answer {
  return code === 'limit'
    ? { status: 'stopped', reason: tooLong, problems: [{ code, message: tooLong, hint }] }
    : { status: 'stopped', reason: 'This list cannot be worked out.', problems }
}

const hint = 'Ask for less: name a type or a tag, or let two relations share a variable.'

/** Rows as the site's database has them; all reads of one evaluation have one limit. */
function externalRelations(
  site: Database,
  names: ReadonlySet<string>,
): Record<string, ExternalRelation> {
  let reads = 0
  const end = performance.now() + 2 * queryLimits.maxMs
  const spend = (count: number) => {
    reads += count
    if (reads > queryLimits.maxReads || performance.now() > end)
      throw new DatalogError([{ code: 'limit', message: tooLong, hint }])
  }
  const read = (name: string) => {
    const reader = site.rel(name)
    const arity = siteArities.get(name) ?? 0
    const whole = `${name}(${Array.from({ length: arity }, () => '_').join(', ')})`
    const rows = (bound: readonly (Value | undefined)[]) => {
      if (bound.every((value) => value === undefined)) spend(site.count(whole))
      const found = reader.where(bound) as (readonly Value[])[]
      spend(found.length)
      return found
    }
    return [name, { arity, rows }] as const
  }
  return Object.fromEntries([...names].map(read))
}
