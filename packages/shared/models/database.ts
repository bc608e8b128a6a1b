import type { NodePgDatabase } from 'drizzle-orm/node-postgres'

/** A pool-backed Drizzle connection. Each statement may run on another PostgreSQL backend. */
export type Database = NodePgDatabase

/** The connection inside `database.transaction(...)`. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

/** For reads that are right both inside a transaction and outside one. */
export type Queryable = Database | Transaction
