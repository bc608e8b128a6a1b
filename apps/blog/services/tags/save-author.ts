import { eq, sql } from 'drizzle-orm'
import { authors, type Database, type Transaction, users } from '../../models/index.ts'
import { addRedirect } from '../ghost/redirects.ts'
import { wantedSlug } from '../ghost/slugs.ts'
import { findFreeSlug } from './find-free-slug.ts'
import { authorTable, pathOf } from './name-tables.ts'
import type { SaveResult } from './save-tag.ts'
import { type AuthorForm, isOwnPicture, notOurs } from './tag-draft.ts'

/** Makes an author when `id` is undefined. An author who has moved leaves a redirect. */
export async function saveAuthor(
  database: Database,
  id: string | undefined,
  form: AuthorForm,
): Promise<SaveResult> {
  return database.transaction(async (transaction): Promise<SaveResult> => {
    const [known] =
      id === undefined
        ? []
        : await transaction.select().from(authors).where(eq(authors.id, id)).for('update')
    if (id !== undefined && !known) return { status: 'gone' }
    if (known && known.updatedAt.toISOString() !== form.seenAt) return { status: 'conflict' }
    const isChosen = form.slug !== '' && form.slug !== known?.slug
    const wanted = wantedSlug(form.slug || undefined, form.name)
    const found =
      known && wanted === known.slug
        ? { slug: wanted }
        : await findFreeSlug(transaction, authorTable, { wanted, isChosen, id })
    if ('problem' in found) return { status: 'refused', problems: { slug: found.problem } }
    if (!isOwnPicture(form.profileImage, known?.profileImage))
      return { status: 'refused', problems: { profileImage: notOurs } }
    const userId = await findUser(transaction, form.email)
    if (userId === undefined)
      return { status: 'refused', problems: { email: 'No member has this address.' } }
    const values = { ...columnsOf(form, known), slug: found.slug, userId }
    if (!known) {
      const [made] = await transaction.insert(authors).values(values).returning({ id: authors.id })
      return { status: 'saved', id: made!.id }
    }
    await transaction.update(authors).set(values).where(eq(authors.id, known.id))
    if (found.slug !== known.slug)
      await addRedirect(transaction, {
        from: pathOf('author', known.slug),
        to: pathOf('author', found.slug),
      })
    return { status: 'saved', id: known.id }
  })
}

/** Null for nobody, undefined for somebody who is not a member. */
async function findUser(
  transaction: Transaction,
  email: string,
): Promise<string | null | undefined> {
  if (email === '') return null
  const [user] = await transaction
    .select({ id: users.id })
    .from(users)
    .where(eq(sql`lower(${users.email})`, email.toLowerCase()))
  return user?.id
}

function columnsOf(form: AuthorForm, known: typeof authors.$inferSelect | undefined) {
  const { metaTitle: _title, metaDescription: _description, ...meta } = known?.meta ?? {}
  return {
    name: form.name,
    bio: form.bio || null,
    profileImage: form.profileImage || null,
    website: form.website || null,
    location: form.location || null,
    meta: {
      ...meta,
      ...(form.metaTitle && { metaTitle: form.metaTitle }),
      ...(form.metaDescription && { metaDescription: form.metaDescription }),
    },
    updatedAt: new Date(),
  }
}
