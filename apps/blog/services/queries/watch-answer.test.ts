import { describe, expect, test } from 'vitest'
import { createTestSite, createTestViews, soundQuery } from './test-site.ts'
import { watchAnswer } from './watch-answer.ts'

function follow(text: string) {
  const views = createTestViews(
    createTestSite({
      is_a: [['post:1', 'type:recipe']],
      tagged: [
        ['post:1', 'tag:a'],
        ['post:1', 'tag:b'],
      ],
    }),
  )
  let changes = 0
  const watched = watchAnswer(views, soundQuery(text), () => (changes += 1))
  const now = () => {
    const answer = watched.current()
    return answer.status === 'done' ? Array.from(answer.values, String).toSorted() : answer.reason
  }
  return { views, watched, now, changes: () => changes }
}

describe.each([
  ['in the site’s database', '?- instance(P, "type:recipe"), tagged(P, T).'],
  ['by rules of its own', 'good(P) :- instance(P, "type:recipe"), tagged(P, _). ?- good(P).'],
])('an answer that is followed %s', (_, text) => {
  test('is always as it is now', () => {
    const { views, now, changes } = follow(text)
    expect(now()).toEqual(['post:1'])
    views.change('+', 'is_a', ['post:2', 'type:recipe'])
    views.change('+', 'tagged', ['post:2', 'tag:a'])
    expect(now()).toEqual(['post:1', 'post:2'])
    views.change('-', 'tagged', ['post:1', 'tag:a'])
    expect(now()).toEqual(['post:1', 'post:2'])
    views.change('-', 'tagged', ['post:1', 'tag:b'])
    expect(now()).toEqual(['post:2'])
    const before = changes()
    views.change('+', 'related', ['post:1', 'post:2'])
    expect(changes()).toBe(before)
  })

  test('is left alone once nobody follows it', () => {
    const { views, watched, changes } = follow(text)
    watched[Symbol.dispose]()
    expect(views.listenerCount()).toBe(0)
    views.change('-', 'is_a', ['post:1', 'type:recipe'])
    expect(changes()).toBe(0)
  })
})

describe('an answer followed in the site’s database', () => {
  test('tells of the objects that come and go, not of each row', () => {
    const { views, changes } = follow('?- instance(P, "type:recipe"), tagged(P, T).')
    views.change('+', 'tagged', ['post:1', 'tag:c'])
    views.change('-', 'tagged', ['post:1', 'tag:c'])
    expect(changes()).toBe(0)
    views.change('-', 'is_a', ['post:1', 'type:recipe'])
    expect(changes()).toBe(1)
  })

  test('never fails there, whatever kinds of values it compares', () => {
    const { views, now } = follow('?- tagged(P, T), T > 5, P != 3.')
    views.change('+', 'tagged', ['post:2', 'tag:b'])
    expect(now()).toBeInstanceOf(Array)
  })

  test('is followed elsewhere when it grows too large to be kept', () => {
    const { views, now } = follow('?- tagged(A, _), tagged(B, T).')
    const rows = Array.from({ length: 600 }, (_, number) => [`post:${number}`, 'tag:x'])
    views.database.load({ tagged: rows })
    expect(now()).toBe('This list takes too long to work out.')
    views.database.tx((transaction) => {
      for (const row of rows) transaction.retract('tagged', row)
    })
    views.change('-', 'tagged', ['post:1', 'tag:a'])
    expect(now()).toEqual(['post:1'])
  })
})
