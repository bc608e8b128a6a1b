import type { BlogService, PageContainer } from '@rose-ash/shared/contracts/blog'
import { type HeldRole, isRole, roles } from '@rose-ash/shared/contracts/permissions'
import type { CurrentUser } from '@rose-ash/shared/contracts/visitor'

/** One line of the list: a role of somebody. `pageId` is empty for the whole site. */
export interface ShownRole {
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly isOwn: boolean
  readonly role: string
  readonly title: string
  readonly allows: string
  readonly place: string
  readonly pageId: string
}

/** One line a role, the lines of one person one below the other. */
export async function describeHolders(
  holders: readonly CurrentUser[],
  { blog, ownId }: { readonly blog: BlogService; readonly ownId: string | undefined },
): Promise<readonly ShownRole[]> {
  const held = holders.flatMap((user) => user.roles.map((one) => ({ user, ...one })))
  const ids = new Set(held.flatMap(({ container }) => container?.id ?? []))
  const pages = new Map((await blog.findPagesByIds([...ids])).map((page) => [page.id, page]))
  return held.map(({ user, role, container }) => ({
    userId: user.id,
    name: user.displayName,
    email: user.email,
    isOwn: user.id === ownId,
    role,
    title: titleOf(role),
    allows: allowedBy(role),
    place: placeOf(container, pages),
    pageId: container?.id ?? '',
  }))
}

/** “Editor”, as a role is called in sentences and lists. */
export function titleOf(role: string): string {
  return role.slice(0, 1).toUpperCase() + role.slice(1)
}

function allowedBy(role: string): string {
  return isRole(role) ? roles[role].label : 'Nothing: there is no such role any more'
}

function placeOf(
  container: HeldRole['container'],
  pages: ReadonlyMap<string, PageContainer>,
): string {
  if (!container) return 'On the whole site'
  const page = pages.get(container.id)
  return page ? `On the page “${page.title}”` : 'On a page that is not published'
}
