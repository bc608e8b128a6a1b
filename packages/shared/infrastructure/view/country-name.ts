/** "Netherlands" for `NL`; empty for what is no country. */
export function countryName(code: string, language: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return ''
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
  return names.of(code) ?? ''
}
