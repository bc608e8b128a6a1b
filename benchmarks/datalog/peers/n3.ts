import n3 from 'n3'
import type { Pairs } from '../graphs.ts'
import type { Peer, Session } from '../peer.ts'
import { toPair } from '../peer.ts'
import type { Program, ProgramKind } from '../programs.ts'
import { FactBook } from './fact-book.ts'

type Node = ReturnType<typeof n3.DataFactory.namedNode>
type Store = InstanceType<typeof n3.Store>

const base = 'http://bench.example/'

const rules: Readonly<Record<ProgramKind, string>> = {
  closure: `{ ?x <edge> ?y } => { ?x <path> ?y } .
    { ?x <path> ?y . ?y <edge> ?z } => { ?x <path> ?z } .`,
  generation: `{ ?p <parent> ?x . ?p <parent> ?y } => { ?x <sg> ?y } .
    { ?p <sg> ?q . ?p <parent> ?x . ?q <parent> ?y } => { ?x <sg> ?y } .`,
  blog: `{ ?x <sub_of> ?y } => { ?x <sub> ?y } .
    { ?x <sub> ?y . ?y <sub_of> ?z } => { ?x <sub> ?z } .
    { ?p <is_a> ?t } => { ?p <inst> ?t } .
    { ?p <is_a> ?s . ?s <sub> ?t } => { ?p <inst> ?t } .`,
}

/** Reasons again after an insertion, which is little work; a retraction takes a new store. */
export function createN3(): Peer {
  return {
    batch: (program) => countRows(derive(program), program.goal),
    rows: (program) =>
      derive(program)
        .getQuads(null, node(program.goal), null, null)
        .map(({ subject, object }) => toPair([subject, object].map(numberOf))),
    open,
  }
}

function open(program: Program): Session {
  const book = new FactBook(program.facts)
  let store = derive(program)
  const write: (update: Parameters<Session['point']>[0]) => void = (update) => {
    const { isInsert, relation, row } = update
    book.write(update)
    if (isInsert) {
      store.addQuad(node(row[0]), node(relation), node(row[1]))
      reason(store, program.kind)
    } else store = derive({ ...program, facts: book.facts })
  }
  const goal = node(program.goal)
  return {
    point: (update) => {
      write(update)
      const [first, second] = update.asked
      return store.countQuads(node(first), goal, node(second), null) > 0
    },
    view: (update) => {
      write(update)
      return store.countQuads(null, goal, node(update.viewed), null)
    },
  }
}

function derive({ facts, kind }: Program): Store {
  const store = new n3.Store()
  const nodes = new Map<number, Node>()
  for (const [relation, rows] of Object.entries(facts))
    addRows(store, node(relation), { rows, nodes })
  reason(store, kind)
  return store
}

/** Terms made once are faster than text that is parsed. */
function addRows(
  store: Store,
  relation: Node,
  { rows, nodes }: { readonly rows: Pairs; readonly nodes: Map<number, Node> },
): void {
  const nodeOf = (number: number) => {
    let found = nodes.get(number)
    if (!found) nodes.set(number, (found = node(number)))
    return found
  }
  for (const [first, second] of rows) store.addQuad(nodeOf(first), relation, nodeOf(second))
}

function reason(store: Store, kind: ProgramKind): void {
  const quads = new n3.Parser({ format: 'text/n3', baseIRI: base }).parse(rules[kind])
  new n3.Reasoner(store).reason(new n3.Store(quads))
}

function countRows(store: Store, goal: string): number {
  return store.countQuads(null, node(goal), null, null)
}

function node(name: string | number): Node {
  return n3.DataFactory.namedNode(`${base}${name}`)
}

function numberOf({ value }: Node): number {
  return Number(value.slice(base.length))
}
