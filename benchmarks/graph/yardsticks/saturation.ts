import { readFileSync } from 'node:fs'
import { factOf } from '@rose-ash/blog/graph/facts'
import { askedRelations } from '@rose-ash/blog/graph/graph-views'
import { datalog } from '@rose-ash/datalog'
import { createEdgesOf, smallCount, smallType } from '../content.ts'

const repetitions = 5
const enoughMilliseconds = 4000

/**
 * The seed's first design: for each write, all that follows from all edges is worked out anew. Gives the milliseconds
 * of some writes; the facts are in memory before, and the store's own write is not counted.
 */
export function measureSaturation(size: number): readonly number[] {
  const facts: Record<string, (readonly string[])[]> = {}
  for (const edge of createEdgesOf(size)) {
    const { relation, row } = factOf(edge)
    ;(facts[relation] ??= []).push(row)
  }
  const rules = readRules()
  const times: number[] = []
  let total = 0
  while (times.length < repetitions && total < enoughMilliseconds) {
    const start = performance.now()
    const database = datalog(undefined, { demand: askedRelations })
    database.rules(rules)
    database.load(facts)
    const milliseconds = performance.now() - start
    times.push(milliseconds)
    total += milliseconds
    const found = database.rel('instance').where([undefined, smallType]).length
    if (found !== smallCount) throw new Error(`${smallCount} posts are of a type: ${found}`)
  }
  return times
}

/** Those of the views. */
function readRules(): string {
  const views = import.meta.resolve('@rose-ash/blog/graph/graph-views')
  return readFileSync(new URL('./views.dl', views), 'utf8')
}
