import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixture, readFixture } from '../ghost/test-export.ts'
import { createImportTarget, type ImportTarget } from '../ghost/test-import.ts'
import { exportFrom, type TestExport } from './test-export.ts'

type Row = Readonly<Record<string, unknown>>

/** What may differ between the file that Ghost wrote and ours, and why. */
const differences: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  posts: {
    html: 'derived from the body: cards are drawn so that they work without Ghost’s scripts',
    plaintext: 'derived from the body',
    auto_excerpt: 'derived from the body',
    reading_time: 'derived from the body',
  },
  posts_meta: { id: 'nothing names it' },
  posts_tags: { id: 'nothing names it' },
  posts_authors: { id: 'nothing names it' },
  posts_products: { id: 'nothing names it' },
  tags: { parent_id: 'Ghost does not use it' },
  products: {
    created_at: 'not kept; nothing shows it',
    updated_at: 'not kept; nothing shows it',
  },
  newsletters: {},
  users: {
    password: 'a secret, never read',
    email: 'never read; in its place stands one that cannot be reached',
    accessibility: 'a setting of the person in Ghost’s own admin pages',
    tour: 'a setting of the person in Ghost’s own admin pages',
    last_seen: 'says when somebody was there',
    status: 'an account at Ghost; Ghost locks all that it imports',
    ...Object.fromEntries(
      `comment_notifications free_member_signup_notification paid_subscription_started_notification
      paid_subscription_canceled_notification mention_notifications recommendation_notifications
      milestone_notifications donation_notifications gift_subscription_notifications`
        .split(/\s+/)
        .map((column) => [column, 'which mails Ghost sends to the person']),
    ),
  },
}

describe.each(['ghost-6.65.0-sqlite-export.json', 'ghost-5.130.6-mobiledoc-export.json'])(
  'what Ghost wrote in %s',
  (name) => {
    const original = readFixture(name)
    let target: ImportTarget
    let exported: TestExport
    beforeAll(async () => {
      target = await createImportTarget()
      await target.run(fixture(name))
      exported = await exportFrom(target)
    })
    afterAll(() => target[Symbol.asyncDispose]())

    it.each(Object.keys(differences))('stands in %s as it was', (table) => {
      const isKept = (column: string) => !differences[table]?.[column]
      const rows = exported.archive.tables[table] ?? []
      const theirs = (original[table] ?? []).filter(
        (row) => table !== 'posts_meta' || saysSomething(row),
      )
      const ours = rows.map((row) => comparable(row, isKept))
      const wanted = theirs.map((row) => comparable(row, isKept))
      expect(sortRows(ours)).toEqual(sortRows(wanted))
    })
  },
)

function saysSomething({ id: _id, post_id: _postId, ...columns }: Row): boolean {
  return Object.values(columns).some((value) => value !== null)
}

function sortRows(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}

/** Dates as instants, bodies as documents, no columns without a value, in the order of their names. */
function comparable(row: Row, isKept: (column: string) => boolean): Row {
  const columns = Object.entries(row)
    .filter(([column, value]) => isKept(column) && value !== null)
    .map(([column, value]) => [column, meaning(column, value)] as const)
  return Object.fromEntries(columns.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function meaning(column: string, value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (column.endsWith('_at')) return new Date(value.replace(' ', 'T').replace(/Z?$/, 'Z')).getTime()
  if (column === 'lexical' || column === 'mobiledoc') return JSON.parse(value)
  return value
}
