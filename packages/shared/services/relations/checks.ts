import { InvalidInputError } from '../../contracts/errors.ts'
import type {
  ParentAndChild,
  RelationDetails,
  RelationEnds,
  RelationNode,
  RelationType,
} from '../../contracts/relations.ts'

const idPattern = /^[^\s\p{Cc}\p{Cs}]{1,200}$/u
const labelPattern = /^[^\p{Cc}\p{Cs}]{1,200}$/u
// Far from what the column holds, so that there is always a next place.
const farthestPlace = 1_000_000

/** Throws InvalidInputError when no such type is declared. */
export function getRelationType(types: readonly RelationType[], name: string): RelationType {
  const type = types.find((one) => one.name === name)
  if (!type) throw new InvalidInputError(`There is no relation type “${name}”.`)
  return type
}

/** The type, once both ends are sure to fit it. Throws InvalidInputError. */
export function getTypeOfEnds(types: readonly RelationType[], ends: RelationEnds): RelationType {
  const type = getRelationType(types, ends.relationType)
  assertNode(ends.from, type.fromType, `“${type.name}” begins at`)
  assertNode(ends.to, type.toType, `“${type.name}” leads to`)
  return type
}

/** Throws InvalidInputError when none is declared between the two, or several and none is named. */
export function toEnds(
  types: readonly RelationType[],
  { parent, child, relationType }: ParentAndChild,
): RelationEnds {
  const ends = { from: parent, to: child }
  if (relationType !== undefined) return { ...ends, relationType }
  const between = `from a ${parent.type} to a ${child.type}`
  const [type, other] = types.filter(
    ({ fromType, toType }) => fromType === parent.type && toType === child.type,
  )
  if (!type) throw new InvalidInputError(`No relation leads ${between}.`)
  if (other) throw new InvalidInputError(`Several relations lead ${between}: name one of them.`)
  return { ...ends, relationType: type.name }
}

/** Throws InvalidInputError when the node is not of this type, or its id can be nobody's. */
export function assertNode({ type, id }: RelationNode, expected: string, what: string): void {
  if (type !== expected) throw new InvalidInputError(`${what} a ${expected}, and not a ${type}.`)
  if (id === '') throw new InvalidInputError(`${what} a ${expected}, and its id is missing.`)
  if (!idPattern.test(id)) throw new InvalidInputError(`${what} a ${expected}, but not of this id.`)
}

/** Throws InvalidInputError for what could not be stored. */
export function assertDetails({ label, sortOrder, metadata }: RelationDetails): void {
  if (typeof label === 'string' && !labelPattern.test(label)) {
    throw new InvalidInputError('A label is one line of 1 to 200 characters.')
  }
  if (sortOrder !== undefined) assertWithin('A place', sortOrder, [-farthestPlace, farthestPlace])
  JSON.stringify(metadata, refuseNul)
}

/** Throws InvalidInputError for anything but a whole number within the limits. */
export function assertWithin(
  what: string,
  value: number,
  [least, most]: readonly [number, number],
): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw new InvalidInputError(`${what} is a whole number from ${least} to ${most}.`)
}

/** PostgreSQL's JSON holds every character but this one. */
function refuseNul(key: string, value: unknown): unknown {
  if (!key.includes('\0') && !(typeof value === 'string' && value.includes('\0'))) return value
  throw new InvalidInputError('What is kept with a relation holds a character that cannot be kept.')
}
