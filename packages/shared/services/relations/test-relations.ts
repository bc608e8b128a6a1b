import type { Relation, RelationNode, RelationType } from '../../contracts/relations.ts'
import { declaredRelationTypes } from './relation-types.ts'

/** The declared types, one more of each cardinality, a tree of one line, and one with circles. */
export const testTypes: readonly RelationType[] = [
  ...declaredRelationTypes,
  typeOf('lock->key', 'one-to-one'),
  typeOf('shelf->book', 'one-to-many'),
  typeOf('guest->table', 'many-to-one'),
  typeOf('actor->film', 'many-to-many'),
  typeOf('town->town', 'many-to-many'),
  { ...typeOf('wagon->wagon', 'one-to-one'), isTree: true },
  { ...typeOf('twin->twin', 'many-to-many'), name: 'twin->twin' },
  { ...typeOf('twin->twin', 'many-to-many'), name: 'twin->rival' },
]

/** `lock:1`. */
export function nodeOf(name: string): RelationNode {
  const [type = '', id = ''] = name.split(':')
  return { type, id }
}

/** `lock->key`, `lock:1`, `key:1`: the ends of a relation. */
export function endsOf(relationType: string, from: string, to: string) {
  return { relationType, from: nodeOf(from), to: nodeOf(to) }
}

export function idsOf(relations: readonly Relation[], end: 'from' | 'to'): readonly string[] {
  return relations.map((relation) => relation[end].id)
}

function typeOf(name: string, cardinality: RelationType['cardinality']): RelationType {
  const [fromType = '', toType = ''] = name.split('->')
  const common = { label: name, isNavigation: false, isTree: false, app: 'blog' as const }
  return { name, fromType, toType, cardinality, ...common }
}
