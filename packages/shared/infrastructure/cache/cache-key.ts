import type { CacheKey } from './cache.ts'

/**
 * One text for one key: parts joined by colons, with the colons inside a part escaped. Lone
 * surrogates are escaped too, since UTF-8 would make them all the same character.
 */
export function encodeCacheKey(key: CacheKey): string {
  return key.map(encodePart).join(':')
}

function encodePart(part: string): string {
  return part.replaceAll(/[%:]|\p{Surrogate}/gu, (character) => {
    return `%${character.codePointAt(0)?.toString(16)}`
  })
}
