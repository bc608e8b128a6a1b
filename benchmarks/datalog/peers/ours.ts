import { datalog, type Database } from '@rose-ash/datalog'
import { countUnranked } from '@rose-ash/datalog/testing/unranked'
import type { Peer, Session } from '../peer.ts'
import { toPair } from '../peer.ts'
import type { Program } from '../programs.ts'
import type { Update } from '../workloads.ts'
import { FactBook } from './fact-book.ts'

/** Everything is kept; the public interface only. */
export function createOurs(): Peer {
  return {
    batch: (program) => load(program).count(`${program.goal}(X, Y)`),
    rows: (program) => load(program).rows(program.goal).map(toPair),
    open: (program) => openSession(load(program), program.goal),
  }
}

/** The number of each type's posts is kept by a rule, where `createOurs` counts when asked. */
export function createOursKept(): Peer {
  return {
    open: (program) => {
      const db = load(program)
      const types = new Set(
        Object.values(program.facts).flatMap((rows) => rows.map(([, to]) => to)),
      )
      db.load({ type: [...types].map((type) => [type]) })
      db.rules('size(T, N) :- type(T), N = count{ P : inst(P, T) }.')
      const { point } = openSession(db, program.goal)
      const view = (update: Update) => {
        write(db, update)
        const [row] = db.rel('size').where([update.viewed])
        return Number(row?.[1] ?? 0)
      }
      return { point, view }
    },
  }
}

/** Nothing of the goal is kept: it is worked out for what is asked. */
export function createOursDemand(): Peer {
  return {
    open: (program) => {
      const db = load(program, { demand: [program.goal] })
      return openSession(db, program.goal)
    },
  }
}

/** Without ranks, which only deletions and proofs need; not for anyone else to use. */
export function createOursUnranked(): Peer {
  return { batch: (program) => countUnranked(program) }
}

/** What an update would cost without following changes: a new database for each. */
export function createOursAnew(): Peer {
  return {
    open: (program) => {
      const book = new FactBook(program.facts)
      return {
        point: (update) => {
          book.write(update)
          return load({ ...program, facts: book.facts }).has(program.goal, update.asked)
        },
      }
    },
  }
}

function load(program: Program, options: Parameters<typeof datalog>[1] = {}): Database {
  const db = datalog(undefined, options)
  db.rules(program.rules)
  db.load(program.facts)
  return db
}

function openSession(db: Database, goal: string): Session {
  return {
    point: (update) => {
      write(db, update)
      return db.has(goal, update.asked)
    },
    view: (update) => {
      write(db, update)
      return db.count(`${goal}(X, ${update.viewed})`)
    },
  }
}

export function write(db: Database, { isInsert, relation, row }: Update): void {
  db.tx((transaction) => {
    if (isInsert) transaction.insert(relation, row)
    else transaction.retract(relation, row)
  })
}
