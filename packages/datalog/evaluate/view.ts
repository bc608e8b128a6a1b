import { isArithmeticError } from '../language/errors.ts'
import type { Network } from './network.ts'

/** A query that is followed. */
export interface View {
  readonly network: Network
  readonly constants: readonly number[]
  /** Called when its rules fail, while everything else goes on. */
  readonly onError: (error: unknown) => void
}

/** A query that fails must not keep others from writing. */
export function followView({ network, onError }: View): void {
  try {
    followChange(network)
  } catch (error) {
    network.rollback()
    onError(error)
  }
}

/**
 * On the way from one state to the next a rule may meet what holds in neither, and arithmetic fail on it.
 * Whether it fails of the new state is then found out by working everything out anew.
 */
export function followChange(network: Network): void {
  try {
    network.evaluate(false)
  } catch (error) {
    if (!isArithmeticError(error)) throw error
    network.evaluateAnew()
  }
}
