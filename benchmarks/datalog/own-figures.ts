import { datalog, type Database } from '@rose-ash/datalog'
import { createProgram, type ProgramName } from './programs.ts'
import { type Answer, figuresOf } from './protocol.ts'
import { createRandom } from './random.ts'
import { seeds } from './seeds.ts'
import { createUpdates } from './workloads.ts'

/** Facts that our engine looked at and changed over the retracts of a workload: the same on every machine. */
export function measureWork(name: ProgramName, steps: number): Answer {
  const db = load(name)
  let touched = 0
  let changed = 0
  for (const { isInsert, relation, row } of createUpdates(name, steps)) {
    db.tx((transaction) => {
      if (isInsert) transaction.insert(relation, row)
      else transaction.retract(relation, row)
    })
    if (isInsert) continue
    const statistics = db.stats()
    touched += statistics.touched
    changed += statistics.changed
  }
  return { kind: 'work', touched, changed }
}

/** One proof tree after another, of facts of the blog drawn at random. */
export function measureProofs(proofs: number): Answer {
  const db = load('blog')
  const random = createRandom(seeds.proofs)
  const rows = db.rows('inst')
  const times = Array.from({ length: proofs }, () => {
    const row = rows[random.below(rows.length)]!
    const start = performance.now()
    const proof = db.explain('inst', row)
    const milliseconds = performance.now() - start
    if (!proof) throw new Error(`no proof of inst(${row.join()})`)
    return milliseconds
  })
  return { kind: 'proof', figures: figuresOf(times) }
}

function load(name: ProgramName): Database {
  const { rules, facts } = createProgram(name)
  const db = datalog()
  db.rules(rules)
  db.load(facts)
  return db
}
