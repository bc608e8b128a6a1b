import { keyOf, type Row } from './naive-values.ts'
import { randomRow, type Shape } from './random-shapes.ts'
import type { Random } from './random.ts'

export interface Operation {
  readonly action: 'insert' | 'retract'
  readonly relation: string
  readonly row: Row
}

/** The operations of one transaction, in order. */
export type Update = readonly Operation[]

interface Plan {
  readonly shapes: readonly Shape[]
  readonly facts: readonly { readonly relation: string; readonly row: Row }[]
  readonly count: number
}

type Asserted = Map<string, { readonly shape: Shape; readonly row: Row }>

/** Transactions that insert and retract, also what is there already and what is not. */
export function randomUpdates(random: Random, { shapes, facts, count }: Plan): readonly Update[] {
  const writable = shapes.filter(({ asserted }) => asserted)
  const asserted: Asserted = new Map()
  for (const { relation, row } of facts) {
    const shape = writable.find(({ name }) => name === relation)!
    asserted.set(factKey(shape, row), { shape, row })
  }
  return Array.from({ length: count }, () => {
    // Now and then much at once, which the engine may answer by computing anew.
    const size = random.chance(0.06) ? 10 + random.below(20) : 1 + random.below(4)
    const update = Array.from({ length: size }, () => randomStep(random, writable, asserted)).flat()
    return update
  })
}

function randomStep(
  random: Random,
  writable: readonly Shape[],
  asserted: Asserted,
): readonly Operation[] {
  const shape = random.pick(writable)
  const fact = { shape, row: randomRow(random, shape) }
  const known = asserted.size > 0 ? random.pick([...asserted.values()]) : fact
  // About as many facts come as go once there are a dozen or two.
  const grow = asserted.size < 10 + random.below(30)
  switch (random.below(10)) {
    case 0:
      // Mostly not asserted, sometimes derived.
      return [apply(asserted, 'retract', fact)]
    case 1:
      return [apply(asserted, 'retract', known), apply(asserted, 'insert', known)]
    case 2:
      return [apply(asserted, 'insert', fact), apply(asserted, 'retract', fact)]
    case 3:
      return [apply(asserted, 'insert', known)]
    default:
      return grow ? [apply(asserted, 'insert', fact)] : [apply(asserted, 'retract', known)]
  }
}

function apply(
  asserted: Asserted,
  action: Operation['action'],
  { shape, row }: { readonly shape: Shape; readonly row: Row },
): Operation {
  if (action === 'insert') asserted.set(factKey(shape, row), { shape, row })
  else asserted.delete(factKey(shape, row))
  return { action, relation: shape.name, row }
}

function factKey({ name }: Shape, row: Row): string {
  return `${name}${keyOf(row)}`
}
