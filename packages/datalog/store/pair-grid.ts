import { addFewValue, type FewValues, findFewValues } from './few-values.ts'

/** Cells that a row may cost: so many while they are few in all, and fewer beyond. */
const mostCellsPerRow = 24
const fewCells = 2 ** 21
const mostCellsPerRowOfMany = 8
/** Where they are side by side, which saves more than a search once rows are more than the processor's caches hold. */
const mostCellsPerRowBeside = 10
const fewestRowsBeside = 2 ** 17
const sampleSize = 64

/**
 * Cells for all pairs of two ranges of codes, in which every second code is: those of integers are even, and those
 * of text odd. Where pairs are many among few values, as those of a closure are, that takes less memory than
 * hashing, and no search. The right values may also be few and far apart, as the types of many posts are: then all
 * pairs of a left value are in a few cells side by side.
 */
export interface PairGrid {
  readonly top: number
  readonly height: number
  readonly start: number
  readonly width: number
  readonly few: FewValues | undefined
}

/** Where the pair's cell is, or -1. */
export function cellOf(grid: PairGrid, left: number, right: number): number {
  return grid.few ? cellAmongFew(grid, left, right) : cellBetween(grid, left, right)
}

/** The same where right values are not few: while a large program runs, this is all that is asked. */
export function cellBetween(
  { top, height, start, width }: PairGrid,
  left: number,
  right: number,
): number {
  const down = left - top
  const across = right - start
  // A code of the other kind, and one before the first, is farther away than any size.
  const line = ((down >>> 1) | (down << 31)) >>> 0
  const place = ((across >>> 1) | (across << 31)) >>> 0
  return line < height && place < width ? line * width + place : -1
}

function cellAmongFew(
  { top, height, start, width, few }: PairGrid,
  left: number,
  right: number,
): number {
  const { places } = few as FewValues
  const line = stepsTo(left - top)
  const steps = stepsTo(right - start)
  const place = steps < places.length ? (places[steps] as number) - 1 : -1
  return line < height && place >= 0 ? line * width + place : -1
}

/** Makes a cell for a pair whose left value is in the grid, if there is room. */
export function addCell(grid: PairGrid, left: number, right: number): boolean {
  const { top, height, start, few } = grid
  if (!few || stepsTo(left - top) >= height) return false
  return addFewValue(few, stepsTo(right - start))
}

function stepsTo(distance: number): number {
  return ((distance >>> 1) | (distance << 31)) >>> 0
}

/**
 * The grid for entries, each a row's number and one more, left and right, or a 0 for none; undefined when they are
 * too scattered. There is a little room on every side, and more where the grid before was too small.
 */
export function findGrid(
  entries: Int32Array,
  count: number,
  before: PairGrid | undefined,
): PairGrid | undefined {
  // Some of them are enough to see that pairs are scattered.
  const sampled = Math.max(1, Math.floor(entries.length / (3 * sampleSize))) * 3
  const someLefts = rangeOf(entries, 1, sampled)
  if (someLefts.size > mostCells(count)) return undefined
  const isScattered = someLefts.size * rangeOf(entries, 2, sampled).size > mostCells(count)
  const lefts = rangeOf(entries, 1, 3)
  const rights = isScattered ? undefined : rangeOf(entries, 2, 3)
  const down = widen(lefts, before && { first: before.top, size: before.height })
  if (rights && lefts.size * rights.size <= mostCells(count)) {
    const across = widen(
      rights,
      before && !before.few ? { first: before.start, size: before.width } : undefined,
    )
    return {
      top: down.first,
      height: down.size,
      start: across.first,
      width: across.size,
      few: undefined,
    }
  }
  return findNarrowGrid(entries, count, down)
}

function findNarrowGrid(
  entries: Int32Array,
  count: number,
  { first: top, size: height }: Range,
): PairGrid | undefined {
  const most = Math.floor((count * mostCellsPerRowBeside) / height)
  if (count < fewestRowsBeside || most < 1) return undefined
  const { first, size } = rangeOf(entries, 2, 3)
  // From zero on, so that a value whose number is used again needs no other grid.
  const start = first < 0 ? first : first & 1
  const range = { first: start, size: size + (first - start) / 2 }
  const few = findFewValues(entries, range, most)
  return few && { top, height, start, width: few.numbers.length, few }
}

/** The cells, each with a row's number and one more. Those that are not written to need no memory yet. */
export function fillCells(grid: PairGrid, entries: Int32Array): Int32Array<ArrayBuffer> {
  const cells = new Int32Array(grid.height * grid.width)
  for (let at = 0; at < entries.length; at += 3) {
    const entry = entries[at] as number
    if (entry === 0) continue
    cells[cellOf(grid, entries[at + 1] as number, entries[at + 2] as number)] = entry
  }
  return cells
}

/** What `fillCells` was given, for so many rows and one more, which is left empty at the end. */
export function readCells(
  { top, start, width, few }: PairGrid,
  cells: Int32Array,
  count: number,
): Int32Array<ArrayBuffer> {
  const entries = new Int32Array((count + 1) * 3)
  let at = 0
  for (let cell = 0; cell < cells.length; cell += 1) {
    if (cells[cell] === 0) continue
    const line = Math.floor(cell / width)
    entries[at] = cells[cell] as number
    entries[at + 1] = top + line * 2
    const place = cell - line * width
    entries[at + 2] = start + (few ? (few.numbers[place] as number) : place) * 2
    at += 3
  }
  return entries
}

interface Range {
  readonly first: number
  readonly size: number
}

/** Of so many rows. */
function mostCells(count: number): number {
  return Math.max(Math.min(count * mostCellsPerRow, fewCells), count * mostCellsPerRowOfMany)
}

/** Of every entry, or of every so many integers. Endless when codes are of both kinds. */
function rangeOf(entries: Int32Array, place: number, stride: number): Range {
  let least = Infinity
  let most = -Infinity
  let kinds = 0
  for (let at = 0; at < entries.length; at += stride) {
    if (entries[at] === 0) continue
    const code = entries[at + place] as number
    if (code < least) least = code
    if (code > most) most = code
    kinds |= (code & 1) + 1
  }
  return kinds === 3 ? { first: 0, size: Infinity } : { first: least, size: (most - least) / 2 + 1 }
}

/** Values that come later are seldom far from those that are there, but where they have begun to be. */
function widen({ first, size }: Range, before: Range | undefined): Range {
  const little = size >> 5
  const much = (size >> 2) + 1
  const below = before && first < before.first ? much : little
  const above = before && first + size * 2 > before.first + before.size * 2 ? much : little
  return { first: first - below * 2, size: size + below + above }
}
