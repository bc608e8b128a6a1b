import type { Normaliser } from '../plan/normalise.ts'
import type { Values } from '../store/values.ts'
import type { Network } from './network.ts'
import type { View } from './view.ts'

/** All that may hold a value. */
interface Holders {
  readonly values: Values
  readonly normaliser: Normaliser
  readonly network: Network
  readonly views: ReadonlySet<View>
}

/** Frees values that no row and no rule holds any more, once there may be enough of them. */
export function sweepIfDue({ values, normaliser, network, views }: Holders): void {
  const relations =
    views.size === 0
      ? network.relations
      : [network, ...[...views].map((view) => view.network)].flatMap((each) => each.relations)
  let cells = 0
  for (const { size, arity } of relations) cells += size * arity
  if (!values.isSweepDue(cells)) return
  values.sweep((keep) => {
    for (const { constants } of [normaliser, ...views]) constants.forEach(keep)
    for (const { used, state, columns } of relations)
      for (let row = 0; row < used; row += 1)
        if (state[row] !== 0) for (const column of columns) keep(column[row] as number)
  })
}
