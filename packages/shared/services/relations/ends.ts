import { InvalidInputError } from '../../contracts/errors.ts'
import type { RelationNode, RelationType } from '../../contracts/relations.ts'
import { assertNode, getRelationType } from './checks.ts'

export type End = 'from' | 'to'

/** Throws InvalidInputError when no relation, or none of the type, can have this node at this end. */
export function assertEnd(
  types: readonly RelationType[],
  question: {
    readonly end: End
    readonly node: RelationNode
    readonly relationType?: string | undefined
  },
): void {
  const { end, node, relationType } = question
  const verb = end === 'from' ? 'begins at' : 'leads to'
  const typeOf = (type: RelationType) => (end === 'from' ? type.fromType : type.toType)
  if (relationType !== undefined) {
    assertNode(node, typeOf(getRelationType(types, relationType)), `“${relationType}” ${verb}`)
    return
  }
  if (!types.some((type) => typeOf(type) === node.type)) {
    throw new InvalidInputError(`No relation ${verb} a ${node.type}.`)
  }
  assertNode(node, node.type, `A relation ${verb}`)
}
