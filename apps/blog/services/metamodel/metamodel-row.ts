import { and, eq, inArray } from 'drizzle-orm'
import { posts, type Queryable, type Transaction } from '../../models/index.ts'
import { freeSlug } from '../ghost/slugs.ts'
import { describePlainly } from '../graph/plain-body.ts'
import { type Problem, problemAt, problemFor } from './problem.ts'
import { nameOfRow } from './row-name.ts'

export type RowKind = 'type' | 'relation'

/** What a type and a relation have in common. */
export interface RowDraft {
  readonly slug: string
  readonly isNew: boolean
  readonly title: string
  readonly description: string
}

export interface MetamodelRow {
  readonly id: string
  readonly title: string
  readonly description: string
}

const slugPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
const longest = { slug: 60, title: 200, description: 2000 } as const

export async function findRow(
  database: Queryable,
  kind: RowKind,
  slug: string,
): Promise<MetamodelRow | undefined> {
  const [row] = await database
    .select({ id: posts.id, title: posts.title, description: posts.plaintext })
    .from(posts)
    .where(and(eq(posts.type, kind), eq(posts.slug, slug)))
  return row
}

/** The titles of all types there are, by slug. */
export async function readTypeTitles(database: Queryable): Promise<ReadonlyMap<string, string>> {
  const rows = await database
    .select({ slug: posts.slug, title: posts.title })
    .from(posts)
    .where(eq(posts.type, 'type'))
  return new Map(rows.map(({ slug, title }) => [slug, title]))
}

export async function checkRow(database: Queryable, draft: RowDraft): Promise<readonly Problem[]> {
  const { title, description } = draft
  const problems = draft.isNew ? await checkSlug(database, draft.slug) : []
  if (title === '' || title.length > longest.title)
    problems.push(problemAt('title', `A title has 1 to ${longest.title} letters.`))
  if (description.length > longest.description)
    problems.push(
      problemAt('description', `A description has at most ${longest.description} letters.`),
    )
  return problems
}

async function checkSlug(database: Queryable, slug: string): Promise<Problem[]> {
  if (slug === '') return [problemAt('slug', 'Please give it a slug: it is never changed later.')]
  if (!slugPattern.test(slug) || slug.length > longest.slug)
    return [
      problemAt(
        'slug',
        `A slug is small letters, digits and hyphens, such as “fruit-cake”, at most ${longest.slug}.`,
      ),
    ]
  const isReserved = (await freeSlug(slug, async () => false)) !== slug
  if (isReserved) return [problemAt('slug', `“${slug}” is an address of this site itself.`)]
  // Whatever it is: two things of one slug would have one address.
  const rows = await database
    .select({ id: posts.id, type: posts.type, slug: posts.slug })
    .from(posts)
    .where(and(eq(posts.slug, slug), inArray(posts.type, ['post', 'page', 'type', 'relation'])))
  if (rows.length === 0) return []
  const taken = { place: 'slug', message: `The slug “${slug}” is taken.` }
  return [await problemFor(database, taken, rows.map(nameOfRow))]
}

/** A body that was written elsewhere stays while its text does. */
export async function storeRow(
  transaction: Transaction,
  kind: RowKind,
  { slug, title, description, known }: RowDraft & { readonly known: MetamodelRow | undefined },
): Promise<void> {
  const body = known?.description === description ? {} : describePlainly(description)
  if (known)
    await transaction
      .update(posts)
      .set({ title, ...body, updatedAt: new Date() })
      .where(eq(posts.id, known.id))
  else
    await transaction.insert(posts).values({
      type: kind,
      slug,
      title,
      status: 'published',
      publishedAt: new Date(),
      ...describePlainly(description),
    })
}
