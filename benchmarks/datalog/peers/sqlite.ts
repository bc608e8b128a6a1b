import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Peer, Session } from '../peer.ts'
import { toPair } from '../peer.ts'
import type { Program, ProgramKind } from '../programs.ts'
import type { Update } from '../workloads.ts'

/** The engine of better-sqlite3, which aborts on Node 24. */
export function createSqlite(): Peer {
  return {
    batch: (program) => {
      const db = load(program, false)
      const row = db.prepare(`${derived[program.kind]} SELECT count(*) AS count FROM goal`).get()
      return Number(row?.['count'])
    },
    rows: (program) => {
      const db = load(program, false)
      const rows = db.prepare(`${derived[program.kind]} SELECT * FROM goal`).all()
      return rows.map((row) => toPair(Object.values(row)))
    },
    open,
  }
}

function closureOf(relation: string): string {
  return `closure(x, y) AS (SELECT a, b FROM ${relation}
    UNION SELECT x, b FROM closure JOIN ${relation} ON a = y)`
}

const derived: Readonly<Record<ProgramKind, string>> = {
  closure: `WITH RECURSIVE ${closureOf('edge').replaceAll('closure', 'goal')}`,
  generation: `WITH RECURSIVE goal(x, y) AS (
    SELECT l.b, r.b FROM parent AS l JOIN parent AS r ON l.a = r.a
    UNION SELECT l.b, r.b FROM goal JOIN parent AS l ON l.a = x JOIN parent AS r ON r.a = y)`,
  blog: `WITH RECURSIVE ${closureOf('sub_of')}, goal(p, t) AS (
    SELECT a, b FROM is_a UNION SELECT a, y FROM is_a JOIN closure ON x = b)`,
}

/** Walks from what is asked, and no further than to the answer. */
const points = {
  closure: `WITH RECURSIVE up(t) AS (SELECT b FROM edge WHERE a = ?
    UNION SELECT b FROM up JOIN edge ON a = t) SELECT 1 FROM up WHERE t = ? LIMIT 1`,
  blog: `WITH RECURSIVE up(t) AS (SELECT b FROM is_a WHERE a = ?
    UNION SELECT b FROM up JOIN sub_of ON a = t) SELECT 1 FROM up WHERE t = ? LIMIT 1`,
}

const viewOfBlog = `WITH RECURSIVE below(t) AS (SELECT ?
  UNION SELECT a FROM below JOIN sub_of ON b = t)
  SELECT count(DISTINCT a) AS count FROM below JOIN is_a ON b = t`

function load({ facts }: Program, isReversed: boolean): DatabaseSync {
  const db = new DatabaseSync(':memory:')
  db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY')
  for (const [relation, rows] of Object.entries(facts)) {
    db.exec(`CREATE TABLE ${relation}(a INTEGER, b INTEGER, PRIMARY KEY(a, b)) WITHOUT ROWID`)
    if (isReversed) db.exec(`CREATE INDEX ${relation}_reversed ON ${relation}(b, a)`)
    const insert = insertInto(db, relation)
    db.exec('BEGIN')
    for (const [first, second] of rows) insert.run(first, second)
    db.exec('COMMIT')
  }
  return db
}

function insertInto(db: DatabaseSync, relation: string): StatementSync {
  return db.prepare(`INSERT INTO ${relation} VALUES (?, ?)`)
}

function open(program: Program): Session {
  const { kind, facts } = program
  if (kind === 'generation') throw new Error('generations are not updated')
  const db = load(program, true)
  const writes = new Map(
    Object.keys(facts).map((relation) => [
      relation,
      {
        insert: insertInto(db, relation),
        retract: db.prepare(`DELETE FROM ${relation} WHERE a = ? AND b = ?`),
      },
    ]),
  )
  const write = ({ isInsert, relation, row }: Update) => {
    writes.get(relation)![isInsert ? 'insert' : 'retract'].run(row[0], row[1])
  }
  const findPoint = db.prepare(points[kind])
  const point = (update: Update) => {
    write(update)
    return findPoint.get(update.asked[0], update.asked[1]) !== undefined
  }
  if (kind === 'closure') return { point }
  const countView = db.prepare(viewOfBlog)
  return {
    point,
    view: (update) => {
      write(update)
      return Number(countView.get(update.viewed)?.['count'])
    },
  }
}
