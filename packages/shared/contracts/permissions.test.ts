import { describe, expect, test } from 'vitest'
import { type HeldRole, may, type Permission, type Role, roleNames, roles } from './permissions.ts'

/** Written down once more, by permission, so that a slip in the table is seen. */
const allowedTo: Readonly<Record<Permission, readonly Role[]>> = {
  'posts.edit': ['admin', 'editor'],
  'posts.import': ['admin', 'editor'],
  'posts.code': ['admin'],
  'graph.edit': ['admin', 'editor'],
  'products.edit': ['admin', 'market'],
  'orders.read': ['admin', 'market'],
  'calendars.edit': ['admin', 'events'],
  'bookings.read': ['admin', 'events'],
  'comments.moderate': ['admin', 'moderator'],
  'federation.moderate': ['admin', 'moderator'],
  'jobs.operate': ['admin', 'operator'],
  'roles.grant': ['admin'],
}
const permissions = Object.keys(allowedTo) as Permission[]

const mill = { type: 'page', id: 'mill' } as const
const bakery = { type: 'page', id: 'bakery' } as const

describe.each(roleNames)('who is %s', (role) => {
  const onSite: HeldRole[] = [{ role, container: null }]
  const inMill: HeldRole[] = [{ role, container: mill }]

  test.each(permissions)('may %s where the table says so, and nowhere else', (permission) => {
    const isAllowed = allowedTo[permission].includes(role)
    expect(may(onSite, permission)).toBe(isAllowed)
    expect(may(onSite, permission, mill)).toBe(isAllowed)
    expect(may(inMill, permission, mill)).toBe(isAllowed)
    expect(may(inMill, permission, bakery)).toBe(false)
    expect(may(inMill, permission)).toBe(false)
  })
})

test('of several roles, each counts where it is held', () => {
  const held: HeldRole[] = [
    { role: 'market', container: mill },
    { role: 'events', container: bakery },
  ]
  expect(may(held, 'orders.read', mill)).toBe(true)
  expect(may(held, 'orders.read', bakery)).toBe(false)
  expect(may(held, 'calendars.edit', bakery)).toBe(true)
  expect(may(held, 'calendars.edit', mill)).toBe(false)
})

test.each(['', 'Admin', 'owner', 'constructor', '__proto__'])(
  'a role that is not in the table allows nothing: %j',
  (role) => {
    const held = [{ role, container: null }]
    expect(permissions.filter((permission) => may(held, permission))).toEqual([])
  },
)

test('nobody may do anything without a role', () => {
  expect(permissions.filter((permission) => may([], permission, mill))).toEqual([])
})

test('what allows giving roles, or operating, is for the whole site', () => {
  const siteOnly = roleNames.filter((role) => !roles[role].fitsContainer)
  expect(siteOnly).toEqual(['admin', 'operator'])
})
