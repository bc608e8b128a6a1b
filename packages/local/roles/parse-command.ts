import { parseArgs } from 'node:util'
import { readEmailAddress } from '@rose-ash/shared/contracts/email-address'
import { isRole, type Role, roleNames, roles } from '@rose-ash/shared/contracts/permissions'
import { UsageError } from '../config/env.ts'

/** A role to give or to take away; `pageSlug` undefined is the whole site. */
export interface RoleChange {
  readonly email: string
  readonly role: Role
  readonly pageSlug: string | undefined
}

export type RolesCommand =
  | { readonly action: 'list' }
  | ({ readonly action: 'give' | 'revoke' } & RoleChange)

export const usage = `Usage: pnpm admin:grant <email> [<role>] [--page <slug>] [--revoke]
       pnpm admin:grant --list

Gives somebody a role, admin unless another is named, and makes their account if there is none.
  --page    on this page only, and what hangs on it; otherwise on the whole site
  --revoke  takes the role away
  --list    shows who has which role
${roleNames.map((name) => `  ${name.padEnd(10)}${roles[name].label}`).join('\n')}`

/** Throws UsageError with one sentence for a wrong word, and with the usage where the form is wrong. */
export function parseRolesCommand(words: readonly string[]): RolesCommand {
  const { positionals, values } = parseWords(words)
  const { list, revoke, page: pageSlug } = values
  if (list) {
    if (positionals.length > 0 || revoke || pageSlug !== undefined) throw new UsageError(usage)
    return { action: 'list' }
  }
  const [typed, role = 'admin', ...more] = positionals
  if (typed === undefined || more.length > 0) throw new UsageError(usage)
  const email = readEmailAddress(typed)
  if (!email) throw new UsageError(`“${typed}” is no email address.`)
  if (!isRole(role)) {
    throw new UsageError(`“${role}” is no role: there are ${roleNames.join(', ')}.`)
  }
  if (pageSlug !== undefined && !roles[role].fitsContainer) {
    throw new UsageError(`The role “${role}” is for the whole site, not for one page.`)
  }
  return { action: revoke ? 'revoke' : 'give', email, role, pageSlug }
}

function parseWords(words: readonly string[]) {
  // `pnpm admin:grant -- --list` hands the two dashes on.
  const args = words.filter((word) => word !== '--')
  const flag = { type: 'boolean', default: false } as const
  const options = { page: { type: 'string' }, revoke: flag, list: flag } as const
  try {
    return parseArgs({ args, allowPositionals: true, options })
  } catch (cause) {
    throw new UsageError(usage, { cause })
  }
}
