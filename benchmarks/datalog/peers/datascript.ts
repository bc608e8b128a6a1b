import datascript from 'datascript'
import type { Pair } from '../graphs.ts'
import type { Peer, Session } from '../peer.ts'
import { toPair } from '../peer.ts'
import type { Program, ProgramKind } from '../programs.ts'
import type { Update } from '../workloads.ts'

/** A clause before the rule's own call binds it; in another order most of these never end. */
const rules: Readonly<Record<ProgramKind, string>> = {
  closure: `[[(path ?x ?y) [?x "edge" ?y]]
    [(path ?x ?z) [?x "edge" ?y] (path ?y ?z)]]`,
  generation: `[[(sg ?x ?y) [?p "parent" ?x] [?p "parent" ?y]]
    [(sg ?x ?y) [?p "parent" ?x] (sg ?p ?q) [?q "parent" ?y]]]`,
  blog: `[[(sub ?x ?y) [?x "sub_of" ?y]]
    [(sub ?x ?z) [?x "sub_of" ?y] (sub ?y ?z)]
    [(inst ?p ?t) [?p "is_a" ?t]]
    [(inst ?p ?t) [?p "is_a" ?s] (sub ?s ?t)]]`,
}

export function createDatascript(): Peer {
  return {
    batch: (program) => {
      const count = `[:find (count ?x) . :with ?y :in $ % :where (${program.goal} ?x ?y)]`
      return Number(datascript.q(count, load(program), rules[program.kind]))
    },
    rows: (program) => {
      const query = `[:find ?x ?y :in $ % :where (${program.goal} ?x ?y)]`
      const rows = datascript.q(query, load(program), rules[program.kind]) as Pair[]
      return rows.map(([first, second]) => toPair([first - 1, second - 1]))
    },
    open,
  }
}

function open(program: Program): Session {
  let db = load(program)
  const ruleText = rules[program.kind]
  const write = ({ isInsert, relation, row }: Update) => {
    const operation = isInsert ? ':db/add' : ':db/retract'
    db = datascript.db_with(db, [[operation, ...datomOf(relation, row)]])
  }
  const point = `[:find ?y . :in $ % ?x ?y :where (${program.goal} ?x ?y)]`
  const view = `[:find (count ?x) . :in $ % ?y :where (${program.goal} ?x ?y)]`
  return {
    point: (update) => {
      write(update)
      const [first, second] = update.asked
      return datascript.q(point, db, ruleText, first + 1, second + 1) !== null
    },
    view: (update) => {
      write(update)
      return Number(datascript.q(view, db, ruleText, update.viewed + 1))
    },
  }
}

function load({ facts }: Program): ReturnType<typeof datascript.init_db> {
  const relations = Object.entries(facts)
  const datoms = relations.flatMap(([relation, rows]) => rows.map((row) => datomOf(relation, row)))
  const many = { ':db/cardinality': ':db.cardinality/many' }
  const schema = Object.fromEntries(relations.map(([relation]) => [relation, many]))
  return datascript.init_db(datoms, schema)
}

/** Numbers of entities begin with 1. */
function datomOf(relation: string, [first, second]: Pair): readonly [number, string, number] {
  return [first + 1, relation, second + 1]
}
