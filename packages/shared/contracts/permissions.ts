import type { Container } from './container.ts'

/** What somebody can be allowed to do. */
export type Permission =
  | 'posts.edit'
  | 'posts.import'
  /** Scripts and styles of their own in a page. */
  | 'posts.code'
  | 'graph.edit'
  | 'products.edit'
  | 'orders.read'
  | 'calendars.edit'
  | 'bookings.read'
  | 'comments.moderate'
  | 'federation.moderate'
  | 'jobs.operate'
  | 'roles.grant'

const editing = ['posts.edit', 'posts.import', 'graph.edit'] as const
const trading = ['products.edit', 'orders.read'] as const
const hosting = ['calendars.edit', 'bookings.read'] as const
const moderating = ['comments.moderate', 'federation.moderate'] as const
const operating = ['jobs.operate'] as const

/**
 * Every role, what it allows, and whether it can be held in one page container only. The one place
 * where this is written down; `may` is the one place where it is checked.
 */
export const roles = {
  admin: {
    label: 'Everything, and giving roles to others',
    permissions: [
      ...editing,
      ...trading,
      ...hosting,
      ...moderating,
      ...operating,
      'posts.code',
      'roles.grant',
    ],
    fitsContainer: false,
  },
  editor: { label: 'Posts, pages and their types', permissions: editing, fitsContainer: true },
  market: { label: 'Products and orders', permissions: trading, fitsContainer: true },
  events: { label: 'Calendars and bookings', permissions: hosting, fitsContainer: true },
  moderator: { label: 'Comments and other servers', permissions: moderating, fitsContainer: true },
  operator: { label: 'Jobs and deliveries', permissions: operating, fitsContainer: false },
} as const satisfies Record<
  string,
  { label: string; permissions: readonly Permission[]; fitsContainer: boolean }
>

export type Role = keyof typeof roles

export const roleNames = Object.keys(roles) as Role[]

/** A role that somebody has: on the whole site when `container` is null. */
export interface HeldRole {
  readonly role: string
  readonly container: Container | null
}

/**
 * Whether these roles allow it: a role on the whole site always counts, one in a container only there.
 * A role that is not in the table allows nothing.
 */
export function may(
  held: readonly HeldRole[],
  permission: Permission,
  container?: Container,
): boolean {
  return held.some((one) => allows(one.role, permission) && covers(one.container, container))
}

function allows(role: string, permission: Permission): boolean {
  if (!isRole(role)) return false
  const { permissions }: { permissions: readonly Permission[] } = roles[role]
  return permissions.includes(permission)
}

function covers(held: Container | null, asked: Container | undefined): boolean {
  if (!held) return true
  return held.type === asked?.type && held.id === asked.id
}

export function isRole(name: string): name is Role {
  return Object.hasOwn(roles, name)
}
