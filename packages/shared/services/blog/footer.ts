import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { SiteFooter } from '../../contracts/blog.ts'
import { fragmentTag } from '../../contracts/fragments.ts'
import { settings } from '../../models/settings.ts'
import type { ServiceDependencies } from '../registry.ts'

const key = 'blog.footer'

const stored = z.object({
  text: z.string(),
  links: z.array(z.object({ label: z.string(), address: z.string() })),
})

export async function readFooter({
  database,
}: Pick<ServiceDependencies, 'database'>): Promise<SiteFooter | undefined> {
  const [row] = await database.select().from(settings).where(eq(settings.key, key))
  return stored.safeParse(row?.value).data
}

/** An empty one gives the site its first footer back. */
export async function writeFooter(
  { database, cache }: Pick<ServiceDependencies, 'database' | 'cache'>,
  { text, links }: SiteFooter,
): Promise<void> {
  if (text === '' && links.length === 0) {
    await database.delete(settings).where(eq(settings.key, key))
  } else {
    const value = { text, links }
    const updatedAt = new Date()
    await database
      .insert(settings)
      .values({ key, value })
      .onConflictDoUpdate({ target: settings.key, set: { value, updatedAt } })
  }
  await cache.invalidateTags([fragmentTag('footer')])
}
