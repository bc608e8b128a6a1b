import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { parseProgram } from '../language/parser.ts'
import { type ClingoProgram, isTranslatable, translate } from './clingo.ts'
import { applyUpdate, assertUpdate, createDatabase, readRelations } from './law-state.ts'
import type { Row } from './naive-values.ts'
import { assertedFacts, type RelationRows } from './naive.ts'
import { mayFail, programText, type RandomProgram, randomProgram } from './random-program.ts'
import { describeDifferences } from './row-sets.ts'

interface Witness {
  readonly Call: readonly {
    readonly Witnesses?: readonly { readonly Value: readonly string[] }[]
  }[]
}

/** The rows of all relations in clingo's one model. */
function solveAll(programs: readonly ClingoProgram[]): RelationRows {
  const input = programs.map(translate).join('\n')
  // Its exit code is a number of flags, 30 for one model and no more.
  const command = 'clingo --outf=2 -Wnone; test $? = 30'
  const output = execFileSync('sh', ['-c', command], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  const { Call } = JSON.parse(output) as Witness
  const rows = new Map<string, Row[]>()
  const text = Call[0]!.Witnesses![0]!.Value.map((atom) => `${atom}.`).join('\n')
  for (const [relation, found] of assertedFacts(parseProgram(text))) rows.set(relation, [...found])
  return rows
}

function rulesOf(program: RandomProgram) {
  return parseProgram(program.rules.join('\n')).clauses
}

it('clingo finds the same models, before and after updates', () => {
  const first = Math.floor(Math.random() * 2 ** 30)
  const seeds = Array.from({ length: 90 }, (_, index) => first + index)
  const asked: ClingoProgram[] = []
  const found: { readonly prefix: string; readonly text: string; readonly rows: RelationRows }[] =
    []
  for (const seed of seeds) {
    const program = randomProgram(seed, 15)
    const rules = rulesOf(program)
    // Where we refuse a division by zero, clingo leaves the instance out.
    if (!isTranslatable(rules) || mayFail(program)) continue
    const text = programText(program)
    const db = createDatabase({})
    db.rules(text)
    let asserted = assertedFacts(parseProgram(text))
    const ask = (prefix: string) => {
      asked.push({ prefix, rules, asserted })
      found.push({ prefix, text: `seed ${seed}\n${text}`, rows: readRelations(db, program.shapes) })
    }
    ask(`s${seed}_before_`)
    for (const update of program.updates) {
      applyUpdate(db, update)
      asserted = assertUpdate(asserted, update)
    }
    ask(`s${seed}_after_`)
  }
  const models = solveAll(asked)
  for (const { prefix, text, rows } of found) {
    const expected = new Map(
      [...rows.keys()].map((relation) => [relation, models.get(prefix + relation) ?? []]),
    )
    expect(describeDifferences(`${prefix}: rows`, rows, expected), text).toBeUndefined()
  }
  expect(found.length).toBeGreaterThan(90)
})
