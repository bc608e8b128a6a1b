import type { AccountService } from '@rose-ash/shared/contracts/account'
import type { Container } from '@rose-ash/shared/contracts/container'
import { NotFoundError } from '@rose-ash/shared/contracts/errors'
import { roles } from '@rose-ash/shared/contracts/permissions'
import type { CurrentUser } from '@rose-ash/shared/contracts/visitor'
import type { Database } from '@rose-ash/shared/models/database'
import { findPage, listPageSlugs } from './pages.ts'
import type { RoleChange, RolesCommand } from './parse-command.ts'

interface Dependencies {
  readonly database: Database
  readonly account: AccountService
}

/** What has been done, in lines. Throws a PlatformError that is for the person at the terminal. */
export async function runRolesCommand(
  command: RolesCommand,
  dependencies: Dependencies,
): Promise<readonly string[]> {
  switch (command.action) {
    case 'list':
      return list(dependencies)
    case 'give':
      return give(command, dependencies)
    case 'revoke':
      return revoke(command, dependencies)
  }
}

async function give(
  change: RoleChange,
  { database, account }: Dependencies,
): Promise<readonly string[]> {
  // Whatever can be wrong is found before an account is made.
  const container = await findContainer(database, change)
  const known = await account.findUserByEmail(change.email)
  const user = known ?? (await account.ensureUser(change.email))
  const isNew = await account.grantRole({ userId: user.id, role: change.role, container })
  return [
    ...(known
      ? []
      : [`There was no account for ${change.email}: now there is, and signing in opens it.`]),
    isNew
      ? `${user.email} now has ${inWords(change)}: ${roles[change.role].label.toLowerCase()}.`
      : `${user.email} already has ${inWords(change)}.`,
  ]
}

async function revoke(
  change: RoleChange,
  { database, account }: Dependencies,
): Promise<readonly string[]> {
  const container = await findContainer(database, change)
  const user = await account.findUserByEmail(change.email)
  if (!user) throw new NotFoundError(`Nobody has an account with the address ${change.email}.`)
  const wasHeld = await account.revokeRole({ userId: user.id, role: change.role, container })
  return [`${user.email} ${wasHeld ? 'no longer has' : 'did not have'} ${inWords(change)}.`]
}

async function list({ database, account }: Dependencies): Promise<readonly string[]> {
  const holders = await account.listRoleHolders()
  if (holders.length === 0) return ['Nobody has a role.']
  const slugs = await listPageSlugs(database, holders.flatMap(pageIdsOf))
  return holders.flatMap((user) =>
    user.roles.map(({ role, container }) => {
      const place = container ? `page ${slugs.get(container.id) ?? container.id}` : 'whole site'
      return `${user.email}  ${role}  ${place}`
    }),
  )
}

function pageIdsOf({ roles: held }: CurrentUser): readonly string[] {
  return held.flatMap(({ container }) => container?.id ?? [])
}

/** Published or not: a page may need somebody before others see it. */
async function findContainer(
  database: Database,
  { pageSlug }: RoleChange,
): Promise<Container | null> {
  if (pageSlug === undefined) return null
  const page = await findPage(database, pageSlug)
  if (!page) throw new NotFoundError(`There is no page “${pageSlug}”.`)
  return page
}

function inWords({ role, pageSlug }: RoleChange): string {
  return `the role ${role}${pageSlug === undefined ? '' : ` for the page “${pageSlug}”`}`
}
