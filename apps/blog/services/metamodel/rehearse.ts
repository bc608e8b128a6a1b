import { type Database, datalog, type Delta } from '@rose-ash/datalog'
import type { Edge, EdgeChange } from '../../graph/edges.ts'
import { factOf } from '../../graph/facts.ts'
import { askedRelations, type GraphViews } from '../../graph/graph-views.ts'
import { slugsOf } from './list-metamodel.ts'

export interface Rehearsal {
  /** The views as they would be. */
  readonly after: Database
  /** By object, the slugs of the types that it would newly be of. */
  readonly gained: ReadonlyMap<string, readonly string[]>
  /** And of those that it would no longer be of. */
  readonly lost: ReadonlyMap<string, readonly string[]>
  readonly delta: Delta
}

/** What would follow from a change of edges, tried on a copy: nobody else sees it. */
export function rehearse(
  { database }: Pick<GraphViews, 'database'>,
  { add = [], remove = [] }: EdgeChange,
): Rehearsal {
  if (add.length + remove.length === 0) return unchanged(database)
  const after = datalog(undefined, { demand: askedRelations })
  after.restore(database.snapshot())
  const delta = after.tx((transaction) => {
    const write = (operation: 'insert' | 'retract', edges: readonly Edge[]) => {
      for (const { relation, row } of edges.map(factOf)) transaction[operation](relation, row)
    }
    write('retract', remove)
    write('insert', add)
  })
  return {
    after,
    gained: typesByObject(delta.added['instance']),
    lost: typesByObject(delta.removed['instance']),
    delta,
  }
}

/** Where no edge changes, or none that anything can follow from. */
export function unchanged(database: Database): Rehearsal {
  return {
    after: database,
    gained: new Map(),
    lost: new Map(),
    delta: { added: {}, removed: {} },
  }
}

function typesByObject(rows: Delta['added'][string] = []): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>()
  for (const row of rows) {
    const [object, type] = (row as readonly unknown[]).map(String) as [string, string]
    const types = names.get(object)
    if (types) types.push(type)
    else names.set(object, [type])
  }
  return new Map([...names].map(([object, types]) => [object, slugsOf(types)]))
}
