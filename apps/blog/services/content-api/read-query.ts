import { z } from 'zod'
import { badRequest } from './content-api-error.ts'

/** What a request asks for, whatever the resource. */
export interface ContentQuery {
  readonly limit: number
  readonly page: number
  /** Of an answer's fields; undefined: all. */
  readonly fields: ReadonlySet<string> | undefined
  readonly include: ReadonlySet<string>
  readonly formats: ReadonlySet<string>
  readonly filter: string | undefined
  readonly order: string | undefined
}

const mostRows = 100
const usualRows = 15
const mostPages = 1_000_000

/** Of a name that comes twice, the last counts. */
const text = z
  .union([z.string(), z.array(z.string()).transform((all) => all.at(-1))])
  .optional()
  .transform((value) => value || undefined)

const asked = z.object({
  limit: text,
  page: text,
  fields: text,
  include: text,
  formats: text,
  filter: text,
  order: text,
})

/** Throws ContentApiError for a number that is none; unknown names are let pass, as in Ghost. */
export function readContentQuery(query: unknown): ContentQuery {
  const { limit, page, fields, include, formats, filter, order } = asked.parse(query ?? {})
  return {
    limit: readLimit(limit),
    page: Math.min(readNumber('page', page) ?? 1, mostPages),
    fields: fields === undefined ? undefined : readNames(fields),
    include: readNames(include),
    formats: readNames(formats ?? (fields === undefined ? 'html' : undefined)),
    filter,
    order,
  }
}

/** A larger number, and `all`, mean as many as there may be. */
function readLimit(limit: string | undefined): number {
  if (limit === 'all') return mostRows
  return Math.min(readNumber('limit', limit) ?? usualRows, mostRows)
}

function readNumber(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value)
  throw badRequest(
    `Validation (matches) failed for ${name}`,
    `“${name}” is a whole number from 1${name === 'limit' ? ', or “all”' : ''}.`,
  )
}

function readNames(list: string | undefined): ReadonlySet<string> {
  return new Set(
    (list ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
  )
}
