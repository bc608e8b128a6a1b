/** What one step may cost before it is stopped and taken back. */
export interface Limits {
  readonly maxDerivations: number
  readonly maxMs: number
}

/** For the reader's own machine. */
export const pageLimits: Limits = { maxDerivations: 2_000_000, maxMs: 5000 }

/** For ours, which others wait for meanwhile. */
export const serverLimits: Limits = { maxDerivations: 200_000, maxMs: 500 }

/** Rows of a relation that are shown; nobody scrolls through more. */
export const shownRows = 200
