/** How codes are mixed; generated code repeats these two lines, so they stand here alone. */
export const hashSeed = 0x2f0b4c47

export function mix(hash: number, code: number): number {
  const mixed = Math.imul(hash ^ code, 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}

/** The same as text, for generated code. */
export const mixText = 'const mix=(h,c)=>{const m=Math.imul(h^c,0x9e3779b1);return m^(m>>>15)};'
