import { assert, constantFrom, property, uniqueArray } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findChange, type ListChange, type ListRow } from './list-changes.ts'

const row = (name: string, title = name): ListRow => ({
  name,
  title,
  url: `/${name}/`,
  kind: '',
})

/** As live-list.js does it. */
function apply(rows: readonly ListRow[], change: ListChange | undefined): readonly ListRow[] {
  if (!change) return rows
  if (change.kind === 'rows') return change.data.rows
  const { added, removed } = change.data
  const kept = rows.filter(({ name }) => !removed.includes(name))
  for (const { before, ...each } of added.toReversed()) {
    const place = kept.findIndex(({ name }) => name === before)
    kept.splice(place < 0 ? kept.length : place, 0, each)
  }
  return kept
}

describe('the change of a list', () => {
  test('says what came, where, and what went', () => {
    expect(findChange([row('a'), row('c')], [row('a'), row('b')])).toEqual({
      kind: 'change',
      data: { added: [{ ...row('b'), before: null }], removed: ['c'] },
    })
    expect(findChange([row('a')], [row('a')])).toBeUndefined()
    expect(findChange([row('a')], [row('a', 'A new title')])).toMatchObject({
      data: { removed: ['a'], added: [{ title: 'A new title' }] },
    })
  })

  test('makes the one list of the other, whatever they are', () => {
    const list = uniqueArray(constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 8 })
    assert(
      property(list, list, (before, after) => {
        const [old, now] = [before.map((name) => row(name)), after.map((name) => row(name))]
        expect(apply(old, findChange(old, now))).toEqual(now)
      }),
    )
  })
})
