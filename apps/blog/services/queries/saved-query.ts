import { z } from 'zod'
import type { Key } from '../../graph/kv/key.ts'
import type { KvReader, KvStore, KvValue } from '../../graph/kv/kv-store.ts'
import { queryLimits } from './limits.ts'

const prefix: Key = ['query']
/** The last one that was deleted at each address, for who did not mean to. */
const deletedPrefix: Key = ['deleted-query']

export const slugPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

const schema = z.object({
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

export type SavedQuery = Readonly<z.infer<typeof schema>>

/** By title. */
export async function listQueries(store: KvReader): Promise<readonly SavedQuery[]> {
  const entries = await store.scan(prefix)
  return entries
    .flatMap(({ value }) => read(value) ?? [])
    .toSorted((one, other) => one.title.localeCompare(other.title))
}

export async function findQuery(store: KvReader, slug: string): Promise<SavedQuery | undefined> {
  return read(await store.get([...prefix, slug]))
}

/** False when another list has the address already. */
export async function createQuery(store: KvStore, query: SavedQuery): Promise<boolean> {
  return store.exclusively(async (inside) => {
    if ((await inside.get([...prefix, query.slug])) !== undefined) return false
    await inside.write([put(query)])
    return true
  })
}

/** False when it is there no more. */
export async function updateQuery(store: KvStore, query: SavedQuery): Promise<boolean> {
  return store.exclusively(async (inside) => {
    if ((await inside.get([...prefix, query.slug])) === undefined) return false
    await inside.write([put(query)])
    return true
  })
}

/** It can be brought back. Returns it; undefined when it was not there. */
export async function deleteQuery(store: KvStore, slug: string): Promise<SavedQuery | undefined> {
  return store.exclusively(async (inside) => {
    const query = read(await inside.get([...prefix, slug]))
    await inside.write([
      { kind: 'delete', key: [...prefix, slug] },
      ...(query ? [{ ...put(query), key: [...deletedPrefix, slug] }] : []),
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
    if (!query || (await inside.get([...prefix, slug])) !== undefined) return undefined
    await inside.write([put(query), { kind: 'delete', key: [...deletedPrefix, slug] }])
    return query
  })
}

function put(query: SavedQuery) {
  return { kind: 'put', key: [...prefix, query.slug], value: query satisfies KvValue } as const
}

function read(value: KvValue | undefined): SavedQuery | undefined {
  return schema.safeParse(value).data
}
