import { sql } from 'drizzle-orm'
import type { Database } from '../../models/index.ts'
import type { TableName } from './rows.ts'

/** A row on its way in. `postId` is set for what belongs to a post. */
export interface StagedRow {
  readonly table: TableName
  readonly id: string | null
  readonly postId: string | null
  readonly row: unknown
}

/** A post with what belongs to it, in the file's order. */
export interface StagedPost {
  readonly row: unknown
  readonly meta: unknown
  readonly tagIds: readonly string[]
  readonly authorIds: readonly string[]
  /** Slugs of the tiers that the post is for, and their ids. */
  readonly tiers: readonly string[]
  readonly tierIds: readonly string[]
}

/**
 * The validated rows of one export, in temporary tables of one database session: an export of any
 * size fits, its tables may stand in any order in the file, and nothing of it outlives the session.
 */
export interface Staging {
  add(rows: readonly StagedRow[]): Promise<void>
  /** Call once, after the last `add`. */
  finish(): Promise<void>
  count(table: TableName): Promise<number>
  /** Ids that stand in a table more than once; the first row of each is the one that counts. */
  findDoubles(table: TableName): Promise<readonly string[]>
  batches(
    table: 'tags' | 'users' | 'products' | 'newsletters' | 'snippets',
    size: number,
  ): AsyncGenerator<readonly unknown[]>
  postBatches(size: number): AsyncGenerator<readonly StagedPost[]>
  /** What each tier promises, in order, by the tier's id. */
  benefits(): Promise<ReadonlyMap<string, readonly string[]>>
}

/** `session` keeps one connection for all its statements. What it staged before is gone. */
export async function createStaging(session: Database): Promise<Staging> {
  await session.execute(sql`drop table if exists pg_temp.ghost_rows`)
  await session.execute(sql`
    create temporary table ghost_rows (
      position bigint generated always as identity,
      kind text not null, id text, post_id text, row json not null
    )`)

  async function* pages(table: TableName, size: number) {
    for (let after = '0'; ;) {
      const { rows } = await session.execute<{ position: string; id: string; row: unknown }>(sql`
        select position, id, row from ghost_rows
        where kind = ${table} and position > ${after} and not is_double
        order by position limit ${size}`)
      if (rows.length === 0) return
      yield rows
      after = rows.at(-1)?.position ?? after
    }
  }

  return {
    async add(rows) {
      const column = (pick: (row: StagedRow) => string | null) => sql.param(rows.map(pick))
      await session.execute(sql`
        insert into ghost_rows (kind, id, post_id, row)
        select * from unnest(
          ${column(({ table }) => table)}::text[], ${column(({ id }) => id)}::text[],
          ${column(({ postId }) => postId)}::text[],
          ${column(({ row }) => JSON.stringify(row))}::json[])`)
    },
    async finish() {
      await session.execute(
        sql`alter table ghost_rows add column is_double boolean not null default false`,
      )
      await session.execute(sql`
        update ghost_rows set is_double = true where position in (
          select position from (
            select position, row_number() over (partition by kind, id order by position) as turn
            from ghost_rows where id is not null
          ) numbered where turn > 1)`)
      await session.execute(sql`create index on ghost_rows (kind, position)`)
      await session.execute(
        sql`create index on ghost_rows (post_id, kind) where post_id is not null`,
      )
      await session.execute(sql`create index on ghost_rows (kind, id) where id is not null`)
      await session.execute(sql`analyze ghost_rows`)
    },
    async count(table) {
      const { rows } = await session.execute<{ count: string }>(sql`
        select count(*) as count from ghost_rows where kind = ${table} and not is_double`)
      return Number(rows[0]?.count ?? 0)
    },
    async findDoubles(table) {
      const { rows } = await session.execute<{ id: string }>(sql`
        select distinct id from ghost_rows where kind = ${table} and is_double order by id limit 100`)
      return rows.map(({ id }) => id)
    },
    async *batches(table, size) {
      for await (const page of pages(table, size)) yield page.map(({ row }) => row)
    },
    async benefits() {
      const { rows } = await session.execute<{ id: string; names: string[] }>(sql`
        select promised.row->>'product_id' as id,
          array_agg(benefit.row->>'name' order by (promised.row->>'sort_order')::int, promised.position)
            as names
        from ghost_rows promised join ghost_rows benefit
          on benefit.kind = 'benefits' and benefit.id = promised.row->>'benefit_id'
        where promised.kind = 'products_benefits' and benefit.row->>'name' is not null
        group by 1`)
      return new Map(rows.map(({ id, names }) => [id, names]))
    },
    async *postBatches(size) {
      for await (const page of pages('posts', size)) yield await withRelations(session, page)
    },
  }
}

async function withRelations(
  session: Database,
  page: readonly { readonly id: string; readonly row: unknown }[],
): Promise<readonly StagedPost[]> {
  const ids = sql.param(page.map(({ id }) => id))
  const { rows } = await session.execute<{
    post_id: string
    meta: unknown
    tag_ids: string[] | null
    author_ids: string[] | null
    tiers: string[] | null
    tier_ids: string[] | null
  }>(sql`
    select post_id,
      (array_agg(row) filter (where kind = 'posts_meta'))[1] as meta,
      array_agg(row->>'tag_id' order by (row->>'sort_order')::int, position)
        filter (where kind = 'posts_tags') as tag_ids,
      array_agg(row->>'author_id' order by (row->>'sort_order')::int, position)
        filter (where kind = 'posts_authors') as author_ids,
      array_agg(
        (select coalesce(tier.row->>'slug', tier.row->>'name', tier.id) from ghost_rows tier
         where tier.kind = 'products' and tier.id = related.row->>'product_id' limit 1)
        order by (row->>'sort_order')::int, position)
        filter (where kind = 'posts_products') as tiers,
      array_agg(row->>'product_id' order by (row->>'sort_order')::int, position)
        filter (where kind = 'posts_products') as tier_ids
    from ghost_rows related where post_id = any(${ids}::text[]) group by post_id`)
  const related = new Map(rows.map((row) => [row.post_id, row]))
  return page.map(({ id, row }) => {
    const found = related.get(id)
    return {
      row,
      meta: found?.meta ?? undefined,
      tagIds: [...new Set(found?.tag_ids ?? [])],
      authorIds: [...new Set(found?.author_ids ?? [])],
      tiers: (found?.tiers ?? []).filter((tier) => tier !== null),
      tierIds: [...new Set(found?.tier_ids ?? [])],
    }
  })
}
