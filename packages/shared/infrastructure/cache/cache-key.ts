import type { CacheKey } from './cache.ts'

/**
 * One text for one key: parts joined by colons, with the colons inside a part escaped. Lone
 * surrogates are escaped too, since UTF-8 would make them all the same character.
 */
export function encodeCacheKey(key: CacheKey): string {
  return key.map(encodePart).join(':')
}

/** Nearly every part: nothing in it needs to be looked at. */
const plain = /^[\w./~-]*$/

function encodePart(part: string): string {
  if (plain.test(part)) return part
  return part.replaceAll(/[%:]|\p{Surrogate}/gu, (character) => {
    return `%${character.codePointAt(0)?.toString(16)}`
  })
}
