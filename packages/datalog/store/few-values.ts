/** Codes that are looked through to find out which there are. */
const widestSpan = 2 ** 23

/**
 * Places for the few codes that a column has, wherever they are, so that rows of cells can be short. Numbers are
 * by how far a code is from the first, in steps of two: codes of one kind are even, or all odd.
 */
export interface FewValues {
  /** By number: the code's place and one more, or 0. */
  places: Int32Array
  /** By place: the number. As many as there is room for. */
  readonly numbers: Int32Array
  /** Places that are taken. */
  count: number
}

/** Of the right values of entries, which are in this range; undefined when there are more than `most`. */
export function findFewValues(
  entries: Int32Array,
  { first, size }: { readonly first: number; readonly size: number },
  most: number,
): FewValues | undefined {
  if (size > widestSpan) return undefined
  const places = new Int32Array(size)
  const numbers: number[] = []
  for (let at = 0; at < entries.length; at += 3) {
    if (entries[at] === 0) continue
    const number = ((entries[at + 2] as number) - first) / 2
    if (places[number] !== 0) continue
    if (numbers.length === most) return undefined
    places[number] = numbers.push(number)
  }
  const room = new Int32Array(numbers.length + (numbers.length >> 2) + 4)
  room.set(numbers)
  return { places, numbers: room, count: numbers.length }
}

/** Gives one more number a place; false when there is no room for it. */
export function addFewValue(few: FewValues, number: number): boolean {
  const { numbers, count } = few
  if (count === numbers.length || number >= widestSpan) return false
  if (number >= few.places.length) {
    const places = new Int32Array(Math.min(widestSpan, number * 2))
    places.set(few.places)
    few.places = places
  }
  numbers[count] = number
  few.count = few.places[number] = count + 1
  return true
}
