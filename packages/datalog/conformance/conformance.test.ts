import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import type { DatalogOptions } from '../contract.ts'
import { type Case, readCase } from './case-file.ts'
import { createEngine, createNaive } from './subject.ts'
import { runCase } from './test-case.ts'

const cases = globSync('*/*.case', { cwd: import.meta.dirname })
  .sort()
  .map((path): readonly [string, Case] => {
    const text = readFileSync(join(import.meta.dirname, path), 'utf8')
    return [path.replace('.case', ''), readCase(text)]
  })

/** `options maxDerivations 1000`. */
function readOptions({ steps }: Case): DatalogOptions {
  const words = steps
    .filter(({ action }) => action === 'options')
    .map(({ subject }) => subject.split(' '))
  return Object.fromEntries(words.map(([name, value]) => [name, Number(value)]))
}

describe.each([true, false])('conformance with compile: %s', (compile) => {
  it.each(cases)('%s', (_path, found) => {
    runCase(found, createEngine({ ...readOptions(found), compile }))
  })
})

describe('the oracle is held to the same cases', () => {
  it.each(cases)('%s', (_path, found) => {
    runCase(found, createNaive())
  })
})
