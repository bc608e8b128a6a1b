/** How other languages write what is written otherwise here. */
export const foreignSymbols: Readonly<Record<string, string>> = {
  '==': '=',
  '=<': '<=',
  '\\=': '!=',
}

/** What to write in place of symbols that have no other spelling here. */
export const advice: Readonly<Record<string, string>> = {
  '!': 'Write not before a relation.',
  '&': 'Write a comma between literals.',
}
