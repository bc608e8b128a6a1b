/** How many bytes of the key before it an entry can be said to begin with. */
export const mostShared = 254
/** In the place of a number that has no room in a byte: it follows, in four. */
export const isLong = 255

export interface Head {
  readonly bytes: Uint8Array
  readonly at: number
  /** How many bytes the key has of the one before, how many others, and what it leads to. */
  readonly shared: number
  readonly length: number
  readonly value: number
}

/** Returns where the rest of the key goes. */
export function writeHead({ bytes, at, shared, length, value }: Head): number {
  bytes[at] = shared
  return writeNumber(bytes, writeNumber(bytes, at + 1, length), value)
}

/** How many bytes the head of an entry has. */
export function headOf(length: number, value: number): number {
  return 1 + sizeOf(length) + sizeOf(value)
}

export function sizeOf(number: number): number {
  return number < isLong ? 1 : 5
}

/** Returns what is past it. */
export function writeNumber(bytes: Uint8Array, at: number, number: number): number {
  if (number < isLong) {
    bytes[at] = number
    return at + 1
  }
  bytes[at] = isLong
  writeWord(bytes, at + 1, number)
  return at + 5
}

export function writeWord(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word
  bytes[at + 1] = word >>> 8
  bytes[at + 2] = word >>> 16
  bytes[at + 3] = word >>> 24
}

export function readWord(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  )
}
