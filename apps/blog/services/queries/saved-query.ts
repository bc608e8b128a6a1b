import { z } from 'zod'
import type { Key } from '../../graph/kv/key.ts'
import type { KvOperation, KvReader, KvStore, KvValue } from '../../graph/kv/kv-store.ts'
import { queryLimits } from './limits.ts'

export const queryPrefix: Key = ['query']
/** The last one that was deleted at each address, for who did not mean to. */
const deletedPrefix: Key = ['deleted-query']

export const slugPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

export const savedQuery = z.object({
  slug: z.string().regex(slugPattern),
  title: z.string(),
  description: z.string(),
  /** Rules and one question in Datalog, whose first variable is what is listed. */
  text: z.string(),
  /** Entries shown at most. */
  limit: z.number().int().min(1).max(queryLimits.rows),
  /** Whether everybody may see the list, on its own page and where it is put on others. */
  isPublic: z.boolean(),
  order: z.enum(['newest', 'title']),
})

export type SavedQuery = Readonly<z.infer<typeof savedQuery>>

/** By title. */
export async function listQueries(store: KvReader): Promise<readonly SavedQuery[]> {
  const entries = await store.scan(queryPrefix)
  return entries
    .flatMap(({ value }) => read(value) ?? [])
    .toSorted((one, other) => one.title.localeCompare(other.title))
}

export async function findQuery(store: KvReader, slug: string): Promise<SavedQuery | undefined> {
  return read(await store.get([...queryPrefix, slug]))
}

/** False when another list has the address already. */
export async function createQuery(store: KvStore, query: SavedQuery): Promise<boolean> {
  return store.exclusively(async (inside) => {
    if ((await inside.get([...queryPrefix, query.slug])) !== undefined) return false
    await inside.write([putQuery(query)])
    return true
  })
}

/** False when it is there no more. */
export async function updateQuery(store: KvStore, query: SavedQuery): Promise<boolean> {
  return store.exclusively(async (inside) => {
    if ((await inside.get([...queryPrefix, query.slug])) === undefined) return false
    await inside.write([putQuery(query)])
    return true
  })
}

/** It can be brought back. Returns it; undefined when it was not there. */
export async function deleteQuery(store: KvStore, slug: string): Promise<SavedQuery | undefined> {
  return store.exclusively(async (inside) => {
    const query = read(await inside.get([...queryPrefix, slug]))
    await inside.write([
      { kind: 'delete', key: [...queryPrefix, slug] },
      ...(query ? [{ ...putQuery(query), key: [...deletedPrefix, slug] }] : []),
    ])
    return query
  })
}

export async function findDeletedQuery(
  store: KvReader,
  slug: string,
): Promise<SavedQuery | undefined> {
  return read(await store.get([...deletedPrefix, slug]))
}

/** Returns it; undefined when there is none, or another has its address by now. */
export async function restoreQuery(store: KvStore, slug: string): Promise<SavedQuery | undefined> {
  return store.exclusively(async (inside) => {
    const query = await findDeletedQuery(inside, slug)
    if (!query || (await inside.get([...queryPrefix, slug])) !== undefined) return undefined
    await inside.write([putQuery(query), { kind: 'delete', key: [...deletedPrefix, slug] }])
    return query
  })
}

export function putQuery(query: SavedQuery): KvOperation {
  return { kind: 'put', key: [...queryPrefix, query.slug], value: query }
}

function read(value: KvValue | undefined): SavedQuery | undefined {
  return savedQuery.safeParse(value).data
}
