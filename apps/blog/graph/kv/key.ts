/** Numbers come before text. */
export type KeyPart = string | number

/**
 * A structured key. Keys are ordered part by part: numbers by size, then text by its UTF-8 bytes, and a key
 * before all that begin with it.
 */
export type Key = readonly KeyPart[]

const numberTag = 1
const textTag = 2
/** Above every tag: what begins with a key ends before the key and this byte. */
const pastTags = 0xff
const escaped = 0xff
const numberLength = 8

/**
 * Bytes whose order is that of the keys, after FoundationDB's tuple layer: a tag a part; text ends with 0, and a 0
 * in it is followed by 255; a number is its IEEE 754 bits, big-endian, with the sign turned so that they compare.
 * Throws a TypeError that names the part which cannot be one.
 */
export function encodeKey(key: Key): Buffer {
  return Buffer.concat(key.map(encodePart))
}

/** Throws an Error when the bytes were not made by `encodeKey`. */
export function decodeKey(bytes: Buffer): Key {
  const parts: KeyPart[] = []
  for (let at = 0; at < bytes.length;) {
    const tag = bytes[at]
    const { part, end } =
      tag === numberTag ? readNumber(bytes, at + 1) : readText(bytes, at + 1, tag === textTag)
    parts.push(part)
    at = end
  }
  return parts
}

export function beginsWith(key: Key, prefix: Key): boolean {
  return prefix.every((part, place) => key[place] === part)
}

/** The keys that begin with these parts lie from `start` up to, but without, `end`. */
export function keyRange(prefix: Key): { readonly start: Buffer; readonly end: Buffer } {
  const start = encodeKey(prefix)
  return { start, end: Buffer.concat([start, Buffer.of(pastTags)]) }
}

function encodePart(part: KeyPart): Buffer {
  if (typeof part === 'number') return encodeNumber(part)
  if (typeof part !== 'string' || !part.isWellFormed())
    throw new TypeError(`${JSON.stringify(part)} cannot be part of a key: text and numbers can.`)
  const text = Buffer.from(part, 'utf8')
  const bytes = [textTag]
  for (const byte of text) {
    bytes.push(byte)
    if (byte === 0) bytes.push(escaped)
  }
  return Buffer.from([...bytes, 0])
}

function encodeNumber(part: number): Buffer {
  if (!Number.isFinite(part)) throw new TypeError(`${part} cannot be part of a key.`)
  const bytes = Buffer.alloc(1 + numberLength)
  bytes[0] = numberTag
  // -0 is 0.
  bytes.writeDoubleBE(part + 0, 1)
  turnSign(bytes, 1, part < 0)
  return bytes
}

/** Negative numbers are turned over whole, so that the larger magnitude comes first. */
function turnSign(bytes: Buffer, at: number, isNegative: boolean): void {
  for (let place = at; place < at + numberLength; place += 1) {
    const byte = bytes[place] as number
    bytes[place] = isNegative ? ~byte : place === at ? byte ^ 0x80 : byte
  }
}

function readNumber(bytes: Buffer, at: number): { part: number; end: number } {
  const end = at + numberLength
  if (end > bytes.length) throw new Error('a key ends within a number')
  const copy = Buffer.from(bytes.subarray(at, end))
  turnSign(copy, 0, ((copy[0] as number) & 0x80) === 0)
  return { part: copy.readDoubleBE(0), end }
}

function readText(bytes: Buffer, at: number, isText: boolean): { part: string; end: number } {
  if (!isText) throw new Error(`a key has a part of no known kind at byte ${at - 1}`)
  let text = ''
  for (let start = at; ;) {
    const end = bytes.indexOf(0, start)
    if (end < 0) throw new Error('a key ends within a text')
    text += bytes.toString('utf8', start, end)
    if (bytes[end + 1] !== escaped) return { part: text, end: end + 1 }
    text += '\0'
    start = end + 2
  }
}
