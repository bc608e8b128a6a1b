/** What is true of a row, as bits of one byte. A transaction sees the state before it and the one after. */

/** In the relation before this transaction. */
export const isOld = 1
/** In the relation now. Outside a transaction every row is old and new. */
export const isNew = 2
/** Asserted, as opposed to only derived: the provenance that a retract asks for. */
export const isAsserted = 4
/** Asserted before and not now, or the other way round. */
export const isFlipped = 8
/** In the list of rows whose assertion this transaction touched. */
export const isListed = 16
/** In the list of rows that are looked at when the component ends, or waiting to be examined. */
export const isQueued = 32
