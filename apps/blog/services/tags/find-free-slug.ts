import { and, eq, ne } from 'drizzle-orm'
import type { Transaction } from '../../models/index.ts'
import { freeSlug } from '../ghost/slugs.ts'
import type { NameTable } from './name-tables.ts'

export type SlugResult = { readonly slug: string } | { readonly problem: string }

/** One that was chosen is taken or refused; one made of the name finds a free place. */
export async function findFreeSlug(
  transaction: Transaction,
  { rows }: NameTable,
  { wanted, isChosen, id }: { wanted: string; isChosen: boolean; id: string | undefined },
): Promise<SlugResult> {
  const slug = await freeSlug(wanted, async (other) => {
    const found = await transaction
      .select({ id: rows.id })
      .from(rows)
      .where(and(eq(rows.slug, other), id === undefined ? undefined : ne(rows.id, id)))
    return found.length > 0
  })
  if (isChosen && slug !== wanted)
    return { problem: `The address “${wanted}” is taken; “${slug}” is free.` }
  return { slug }
}
