import { bigint, customType, jsonb, pgTable } from 'drizzle-orm/pg-core'

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** Structured keys as bytes whose order is that of the keys, and their values. */
export const kvEntries = pgTable('kv_entries', {
  key: bytea().primaryKey(),
  value: jsonb().notNull(),
})

/**
 * What was written, in the order in which it was committed: whoever keeps something of the entries reads on from
 * the last `seq` it has seen. A value of null is a deletion. Old rows go; see `kv_horizon`.
 */
export const kvChanges = pgTable('kv_changes', {
  seq: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  key: bytea().notNull(),
  value: jsonb(),
})

/** One row at most: changes up to this one have been dropped. */
export const kvHorizon = pgTable('kv_horizon', {
  seq: bigint({ mode: 'number' }).primaryKey(),
})
