/** How codes are mixed; generated code repeats these two lines, so they stand here alone. */
export const hashSeed = 0x2f0b4c47

export function mix(hash: number, code: number): number {
  const mixed = Math.imul(hash ^ code, 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}

/** The same as text, for generated code. */
export const mixText = 'const mix=(h,c)=>{const m=Math.imul(h^c,0x9e3779b1);return m^(m>>>15)};'

export function hashKey(key: Int32Array): number {
  let hash = hashSeed
  for (let place = 0; place < key.length; place += 1) hash = mix(hash, key[place] as number)
  return hash
}

/** The same of what stands in a row. */
export function hashRow(columns: readonly Int32Array[], row: number): number {
  let hash = hashSeed
  for (let place = 0; place < columns.length; place += 1)
    hash = mix(hash, (columns[place] as Int32Array)[row] as number)
  return hash
}
