/** Names of the language, which no relation may have, quoted or not. */
const reserved: ReadonlySet<string> = new Set(
  '< <= > >= = != + - * / count sum min max findall collect is not mod :- ?-'.split(' '),
)

export function isReserved(name: string): boolean {
  return reserved.has(name)
}
