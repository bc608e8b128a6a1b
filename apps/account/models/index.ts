/** The gate: the only place where this app takes tables from. */
export { emailChanges, users } from '@rose-ash/shared/models/accounts'
export { clientApps } from '@rose-ash/shared/models/client-apps'
export type { Database, Transaction } from '@rose-ash/shared/models/database'
export { sessions } from '@rose-ash/shared/models/sessions'
export { logins, oidcPayloads } from '@rose-ash/shared/models/sign-on'
