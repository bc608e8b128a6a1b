import { z } from 'zod'
import { slugify } from '../../../services/ghost/slugs.ts'
import { queryLimits } from '../../../services/queries/limits.ts'
import { type SavedQuery, slugPattern } from '../../../services/queries/saved-query.ts'

/** What a form holds, right or wrong. */
export interface QueryValues {
  readonly title: string
  readonly slug: string
  readonly description: string
  readonly text: string
  readonly limit: string
  readonly order: SavedQuery['order']
  readonly isPublic: boolean
}

export interface QueryForm {
  readonly wish: 'try' | 'save'
  /** The object of which is asked why it is in the list. */
  readonly why: string | undefined
  readonly values: QueryValues
  /** Of everything but the text. */
  readonly errors: Readonly<Partial<Record<keyof QueryValues, string>>>
  /** What would be saved when there are no errors. */
  readonly query: SavedQuery
}

const line = z.string().trim().catch('')
const posted = z.object({
  wish: z.enum(['try', 'save']).catch('save'),
  why: z.string().max(2000).optional().catch(undefined),
  title: line,
  slug: line,
  description: line,
  // A form sends lines that end with a carriage return too.
  text: z
    .string()
    .catch('')
    .transform((text) => text.replaceAll('\r\n', '\n').trimEnd()),
  limit: line,
  order: z.enum(['newest', 'title']).catch('newest'),
  isPublic: z
    .literal('on')
    .optional()
    .catch(undefined)
    .transform((sent) => sent === 'on'),
})

const longestTitle = 120
const longestSlug = 80
const longestDescription = 500
export const defaultLimit = 50

/** A part of addresses that a list cannot have: `/admin/queries/new`. */
const reserved = 'new'

/** Reads a form. The address of a list that is there already stays as it is. */
export function readQueryForm(body: unknown, keptSlug: string | undefined): QueryForm {
  const { wish: asked, why, ...sent } = posted.parse(body ?? {})
  const wish = why === undefined ? asked : 'try'
  const slug = keptSlug ?? (sent.slug || slugify(sent.title).slice(0, longestSlug))
  const limit = sent.limit === '' ? defaultLimit : Number(sent.limit)
  const errors: Partial<Record<keyof QueryValues, string>> = {}
  if (sent.title === '') errors.title = 'Please give the list a title.'
  else if (sent.title.length > longestTitle)
    errors.title = `A title has ${longestTitle} characters at most.`
  if (!slugPattern.test(slug) || slug.length > longestSlug)
    errors.slug = 'An address is made of small letters a to z, digits and hyphens.'
  else if (slug === reserved) errors.slug = 'This page has that address. Please choose another.'
  if (sent.description.length > longestDescription)
    errors.description = `A description has ${longestDescription} characters at most.`
  if (!Number.isInteger(limit) || limit < 1 || limit > queryLimits.rows)
    errors.limit = `A number from 1 to ${queryLimits.rows}.`
  const { title, description, text, order, isPublic } = sent
  const query = { slug, title, description, text, limit, order, isPublic }
  return { wish, why, values: { ...sent, slug }, errors, query }
}

export function valuesOf(query: SavedQuery): QueryValues {
  return { ...query, limit: String(query.limit) }
}

/** A first list that can be tried as it is. */
export const emptyValues: QueryValues = {
  title: '',
  slug: '',
  description: '',
  text: '?- instance(P, "type:article").',
  limit: String(defaultLimit),
  order: 'newest',
  isPublic: true,
}
