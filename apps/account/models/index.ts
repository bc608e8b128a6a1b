/** The gate: the only place where this app takes tables from. */
export { emailChanges, users } from '@rose-ash/shared/models/accounts'
export type { Database, Transaction } from '@rose-ash/shared/models/database'
export { sessions } from '@rose-ash/shared/models/sessions'
export { logins } from '@rose-ash/shared/models/sign-on'
