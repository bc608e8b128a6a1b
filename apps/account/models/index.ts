/** The gate: the only place where this app takes tables from. */
export type { Database } from '@rose-ash/shared/models/database'
export { sessions } from '@rose-ash/shared/models/sessions'
