import type { Proof, Value } from '@rose-ash/datalog'
import { describeObjects } from './describe-objects.ts'
import type { Graph } from './open-graph.ts'

/** Something that a proof rests on. */
export interface Premise {
  readonly relation: string
  /** Null is what may be anything. */
  readonly row: readonly (Value | null)[]
  /** That it is not so. */
  readonly isNegated: boolean
}

/** What a proof rests on, in its order. */
export function premisesOf(proof: Proof): readonly Premise[] {
  if ('aggregate' in proof) return []
  const { relation } = proof
  const row: readonly (Value | null)[] = Object.values(proof.row)
  if ('not' in proof) return [{ relation, row, isNegated: true }]
  const { children = [] } = proof
  return children.length > 0 ? children.flatMap(premisesOf) : [{ relation, row, isNegated: false }]
}

/** One sentence for each, and none twice. Objects have their titles. */
export async function sayFacts(
  graph: Graph,
  premises: readonly Premise[],
): Promise<readonly string[]> {
  const described = await describeObjects(
    graph.database,
    premises.flatMap(({ row }) => row.map(textOf)),
  )
  const title: Name = (name) =>
    name === null ? 'anything' : `“${described.get(textOf(name))?.title ?? textOf(name)}”`
  const labelOf: Name = (kind) => graph.catalog.findRelation(textOf(kind))?.label ?? textOf(kind)
  const fields = graph.catalog.types.flatMap((type) => graph.catalog.getType(type).fields)
  const fieldOf: Name = (name) => fields.find((field) => field.name === name)?.label ?? textOf(name)
  const sentences = premises.map((premise) => say(premise, title, { labelOf, fieldOf }))
  return [...new Set(sentences)]
}

type Name = (name: Value | null) => string

function textOf(value: Value | null): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Of relations, and of fields. */
interface Labels {
  readonly labelOf: Name
  readonly fieldOf: Name
}

function say(
  { relation, row, isNegated }: Premise,
  title: Name,
  { labelOf, fieldOf }: Labels,
): string {
  const [first = null, second = null, third = null] = row
  const [one, other] = [title(first), title(second)]
  const not = isNegated ? ' not' : ''
  switch (relation) {
    case 'is_a':
    case 'instance':
      return `${one} is${not} of the type ${other}.`
    case 'subtype_of':
    case 'subtype':
      return `${one} is${not} a subtype of ${other}.`
    case 'disj':
      return `${other} is${not} enough for ${one}.`
    case 'conj':
      return isNegated ? `${one} does not need ${other}.` : `${one} needs ${other}.`
    case 'tagged':
      return `${one} is${not} tagged ${other}.`
    case 'related':
      return `${one} is${not} related to ${other}.`
    case 'contains':
    case 'inside':
      return isNegated ? `${one} does not contain ${other}.` : `${one} contains ${other}.`
    case 'declares':
      return `${labelOf(textOf(second).replace(/^relation:/, ''))}: leads${not} to ${one}.`
    case 'link':
    case 'neighbour':
      return `${one}, ${labelOf(second)}:${not} ${title(third)}.`
    case 'field':
      return `${one}, ${fieldOf(second)}:${not} ${title(third)}.`
    default:
      return `${isNegated ? 'Not: ' : ''}${relation} of ${row.map(title).join(' and ')}.`
  }
}
