export const storeNames = ['memory', 'postgres'] as const
export type StoreName = (typeof storeNames)[number]

/** What a process is asked over IPC, one question after the other. */
export type Question =
  | OpenQuestion
  | { readonly ask: 'warm-up'; readonly seconds: number }
  | { readonly ask: 'round'; readonly operations: number }
  /** Ends the views: writes of the store alone. */
  | { readonly ask: 'bare-round'; readonly operations: number }
  | { readonly ask: 'saturate'; readonly size: number }
  | { readonly ask: 'maps'; readonly size: number; readonly operations: number }

export interface OpenQuestion {
  readonly ask: 'open'
  readonly size: number
  /** Of a database that is filled already; without one, a store in memory. */
  readonly url?: string
}

export interface Opened {
  readonly bootMilliseconds: number
  /** Heap and what is outside of it, after a collection. */
  readonly viewBytes: number
  readonly storeBytes: number
}

export interface WarmedUp {
  /** Of all views and facts, by an edge that comes and one that goes. */
  readonly changedRows: number
}

/** Microseconds of each operation. */
export interface BareRound {
  readonly add: number[]
  readonly remove: number[]
}

export interface Round extends BareRound {
  /** Whether a post is of a type: by the view, and by a walk over the store's entries. */
  readonly viewCheck: number[]
  readonly walkCheck: number[]
  /** All that is of a type. */
  readonly viewList: number[]
  readonly walkList: number[]
}
