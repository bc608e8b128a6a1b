import type { DatabaseConnection } from '@rose-ash/shared/infrastructure/database'
import type { AdapterPayload } from 'oidc-provider'
import { createBatches } from './batches.ts'

/** Where a row is: ids are secrets for most types, so only their hash is known here. */
export interface RowKey {
  readonly type: string
  readonly idHash: string
}

export interface NewRow extends RowKey {
  readonly payload: AdapterPayload
  readonly grantId: string | null
  readonly uid: string | null
  readonly userCode: string | null
  readonly loginId: string | null
  readonly expiresAt: Date | null
  /** The hash of a code that is used up by this row; see `save`. */
  readonly codeHash?: string | undefined
  /** When that code runs out, if nothing is stored of it. */
  readonly sealedUntil?: Date | undefined
}

export interface FoundRow {
  readonly payload: AdapterPayload
  readonly consumedAt: Date | null
  /** The session that the row hangs on; null when it is gone or there never was one. */
  readonly session: AdapterPayload | null
}

/** The rows that every sign-in reads and writes. What is asked at the same time shares a trip. */
export interface PayloadRows {
  find(key: RowKey): Promise<FoundRow | undefined>
  /**
   * Inserts or replaces. With `codeHash` the code is consumed in the same statement, and false says
   * that it had been consumed already and nothing was written. Resolves after the commit.
   */
  save(row: NewRow): Promise<boolean>
}

export function createPayloadRows(pool: DatabaseConnection['pool']): PayloadRows {
  const find = createBatches<RowKey, FoundRow | undefined>({
    async askAll(keys) {
      const { rows } = await pool.query<FoundRow & { position: number }>({
        name: 'oidc-find',
        text: findText,
        values: [JSON.stringify(keys.map((key, position) => ({ ...key, position })))],
      })
      const found = new Map(rows.map((row) => [row.position, row]))
      // Two who ask for the same row get one each: the provider changes what it is given.
      return keys.map((_key, position) => found.get(position))
    },
  })
  const save = createBatches<NewRow, boolean>({
    async askAll(rows) {
      const { rows: written } = await pool.query<{ id_hash: string }>({
        name: 'oidc-save',
        text: saveText,
        values: [JSON.stringify(rows)],
      })
      const hashes = new Set(written.map((row) => row.id_hash))
      return rows.map(({ idHash }) => hashes.has(idHash))
    },
    keysOf,
    isOneToBlame,
  })
  return { find, save }
}

/**
 * A code is redeemed once in a batch. So is a member there: it then never holds two sign-ins that a
 * sign-out of several devices, which locks them in an order of its own, might wait for.
 */
function keysOf({ type, idHash, payload, codeHash }: NewRow): readonly string[] {
  const { accountId } = payload
  return [`${type} ${idHash}`, accountId, codeHash].filter((key) => key !== undefined)
}

/** PostgreSQL has refused the statement, so that nothing of it was written. */
function isOneToBlame(error: unknown): boolean {
  return error instanceof Error && 'severity' in error && 'code' in error
}

// `offset 0` keeps each look-up one by the primary key, however small the table was when it was planned.
const findText = `
select position, found.payload, found.consumed_at as "consumedAt", session.payload as session
from json_to_recordset($1::json) as asked (type text, "idHash" text, position int)
cross join lateral (
  select type, payload, consumed_at, login_id from oidc_payloads
  where type = asked.type and id_hash = asked."idHash" offset 0
) as found
left join lateral (
  select payload, login_id from oidc_payloads
  where found.login_id is not null and found.type <> 'Session'
    and type = 'Session' and uid = found.payload ->> 'sessionUid' offset 0
) as session on session.login_id = found.login_id`

/**
 * A code that is consumed by somebody else meanwhile is another version of the row, which has another
 * ctid or is consumed when it is looked at again, so exactly one of any number of redemptions wins. Of a
 * sealed code exactly one can insert the row that says so.
 */
const saveText = `
with given as materialized (
  select * from json_to_recordset($1::json) as given (
    type text, "idHash" text, payload jsonb, "grantId" text, uid text, "userCode" text,
    "loginId" text, "expiresAt" timestamptz, "codeHash" text, "sealedUntil" timestamptz
  )
), consumed as (
  update oidc_payloads as code set consumed_at = now()
  from given cross join lateral (
    select ctid as place from oidc_payloads
    where type = 'AuthorizationCode' and id_hash = given."codeHash" offset 0
  ) as found
  where code.ctid = found.place and code.consumed_at is null
  returning code.id_hash
), marked as (
  insert into oidc_payloads (type, id_hash, payload, login_id, expires_at, consumed_at)
  select 'AuthorizationCode', "codeHash", '{}'::jsonb, "loginId", "sealedUntil", now()
  from given where "sealedUntil" is not null
  order by "codeHash"
  on conflict do nothing
  returning id_hash
)
insert into oidc_payloads
  (type, id_hash, payload, grant_id, uid, user_code, login_id, expires_at)
select type, "idHash", payload, "grantId", uid, "userCode", "loginId", "expiresAt"
from given
where "codeHash" is null or "codeHash" in (
  select id_hash from consumed union all select id_hash from marked
)
order by type, "idHash"
on conflict (type, id_hash) do update set
  payload = excluded.payload, grant_id = excluded.grant_id, uid = excluded.uid,
  user_code = excluded.user_code, login_id = excluded.login_id, expires_at = excluded.expires_at
returning id_hash`
