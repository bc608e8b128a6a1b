/** What one list may cost. Others wait while it is worked out. */
export const queryLimits = {
  textLength: 4000,
  /** Entries that are shown. */
  rows: 500,
  maxDerivations: 200_000,
  maxMs: 300,
  /** Rows of the site's relations that are read. */
  maxReads: 400_000,
} as const

export const tooLong = 'This list takes too long to work out.'
