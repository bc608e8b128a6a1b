import { describe, expect, test } from 'vitest'
import type { Outcome, Task } from './protocol.ts'
import { createWorkbench } from './workbench.ts'

const program = 'e(a, b).\np(X, Y) :- e(X, Y).\np(X, Z) :- p(X, Y), e(Y, Z).\n?- p(a, X).\n'

function begin(question = '') {
  const bench = createWorkbench({ maxDerivations: 10_000, maxMs: 5000 })
  const run = (text: string, changes: Outcome['changes'] = []) =>
    bench.do({ kind: 'run', program: text, question, changes })
  run(program)
  return { run, do: (task: Task) => bench.do(task) }
}

const countOf = ({ evaluation }: Outcome, relation: string) =>
  evaluation?.relations.find(({ name }) => name === relation)?.count

describe('the workbench', () => {
  test('keeps the last program that had no problems', () => {
    const bench = begin()
    const failed = bench.run('p(X) :- q(Y).')
    expect(failed.problems).toMatchObject([{ code: 'unsafe' }])
    expect(failed.evaluation).toBeUndefined()
    expect(bench.do({ kind: 'why', fact: 'p(a, b)' }).proof).toMatchObject({ relation: 'p' })
  })

  test('does changes by hand again on top of a new program, but for those it does not take', () => {
    const bench = begin('e(X, Y)')
    bench.do({ kind: 'change', sign: '+', text: 'e(b, c). e(c, d)' })
    const { changes, delta, question } = bench.do({ kind: 'change', sign: '+', text: 'f(x).' })
    expect(delta).toEqual({ added: { f: [['x']] }, removed: {} })
    expect(changes).toHaveLength(2)
    expect(question?.answers?.rows).toHaveLength(3)
    const again = bench.run(`${program}f(x, y).`, changes)
    expect(again.changes).toHaveLength(1)
    expect(countOf(again, 'p')).toBe(6)
    const undone = bench.do({ kind: 'undo' })
    expect(undone.changes).toEqual([])
    expect(countOf(undone, 'p')).toBe(1)
    expect(bench.do({ kind: 'undo' }).delta).toBeUndefined()
  })

  test('says what is wrong with a fact or a question, and changes nothing', () => {
    const bench = begin()
    expect(bench.do({ kind: 'change', sign: '+', text: 'e(a)' }).problems).toHaveLength(1)
    expect(bench.do({ kind: 'change', sign: '+', text: 'e(X, b)' }).problems).toHaveLength(1)
    expect(bench.do({ kind: 'why', fact: 'e(a' }).problems).toHaveLength(1)
    expect(bench.do({ kind: 'ask', question: 'e(X' }).question?.problems).toHaveLength(1)
    expect(bench.do({ kind: 'undo' }).changes).toEqual([])
  })

  test('answers for a fact that does not hold with what it lacks', () => {
    const { whyNot, proof } = begin().do({ kind: 'why', fact: { relation: 'p', row: ['b', 'a'] } })
    expect(proof).toBeUndefined()
    expect(whyNot).toMatchObject({ holds: false, relation: 'p' })
  })

  test('stops what goes on for ever', () => {
    const { problems } = begin().run('n(0). n(Y) :- n(X), Y = X + 1.')
    expect(problems).toMatchObject([{ code: 'limit' }])
  })
})
