import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CozoDb, initSync } from 'cozo-lib-wasm/cozo_lib_wasm.js'
import type { Peer, Session } from '../peer.ts'
import { toPair } from '../peer.ts'
import type { Program, ProgramKind } from '../programs.ts'

const rules: Readonly<Record<ProgramKind, string>> = {
  closure: `goal[x, y] := *edge{ a: x, b: y }
    goal[x, z] := goal[x, y], *edge{ a: y, b: z }`,
  generation: `goal[x, y] := *parent{ a: p, b: x }, *parent{ a: p, b: y }
    goal[x, y] := goal[p, q], *parent{ a: p, b: x }, *parent{ a: q, b: y }`,
  blog: `sub[x, y] := *sub_of{ a: x, b: y }
    sub[x, z] := sub[x, y], *sub_of{ a: y, b: z }
    goal[p, t] := *is_a{ a: p, b: t }
    goal[p, t] := *is_a{ a: p, b: s }, sub[s, t]`,
}

/** Walks from what is asked, as its magic sets would do it more slowly. */
const points: Readonly<Record<ProgramKind, string>> = {
  closure: `up[t] := *edge{ a: $first, b: t }
    up[t] := up[s], *edge{ a: s, b: t }
    ?[t] := up[t], t = $second`,
  generation: '',
  blog: `up[t] := *is_a{ a: $first, b: t }
    up[t] := up[s], *sub_of{ a: s, b: t }
    ?[t] := up[t], t = $second`,
}

const viewOfBlog = `below[t] := t = $viewed
  below[s] := below[t], *sub_of:reversed{ b: t, a: s }
  ?[count_unique(p)] := below[t], *is_a:reversed{ b: t, a: p }`

export function createCozoWasm(): Peer {
  const file = import.meta.resolve('cozo-lib-wasm/cozo_lib_wasm_bg.wasm')
  initSync(readFileSync(fileURLToPath(file)))
  return {
    batch: (program) => {
      const text = `${rules[program.kind]}\n?[count(x)] := goal[x, y]`
      return Number(run(load(program), text)[0]![0])
    },
    rows: (program) =>
      run(load(program), `${rules[program.kind]}\n?[x, y] := goal[x, y]`).map(toPair),
    open,
  }
}

function open(program: Program): Session {
  const db = load(program)
  for (const relation of Object.keys(program.facts)) {
    run(db, `::index create ${relation}:reversed { b, a }`)
  }
  /** Both in one script, which is one transaction. */
  const change: (update: Parameters<Session['point']>[0], query: string) => unknown[][] = (
    { isInsert, relation, row, asked, viewed },
    query,
  ) => {
    const operation = isInsert ? ':put' : ':rm'
    const write = `{ ?[a, b] <- [[$a, $b]] ${operation} ${relation} { a, b } }`
    const parameters = { a: row[0], b: row[1], first: asked[0], second: asked[1], viewed }
    return run(db, `${write}\n{ ${query} }`, parameters)
  }
  return {
    point: (update) => change(update, points[program.kind]).length > 0,
    view: (update) => Number(change(update, viewOfBlog)[0]![0]),
  }
}

function load({ facts }: Program): CozoDb {
  const db = CozoDb.new()
  for (const relation of Object.keys(facts)) run(db, `:create ${relation} { a: Int, b: Int }`)
  const relations = Object.entries(facts).map(([relation, rows]) => [
    relation,
    { headers: ['a', 'b'], rows },
  ])
  check(JSON.parse(db.import_relations(JSON.stringify(Object.fromEntries(relations)))))
  return db
}

function run(db: CozoDb, script: string, parameters: object = {}): unknown[][] {
  return check(JSON.parse(db.run(script, JSON.stringify(parameters), false))).rows ?? []
}

interface Answer {
  readonly ok: boolean
  readonly rows?: unknown[][]
  readonly message?: string
}

function check(answer: Answer): Answer {
  if (!answer.ok) throw new Error(answer.message)
  return answer
}
