/** Objects with an id, as they stand in a text in Datalog: whole, between quotes. */
const named = /"((?:post|tag|author):[\da-f-]{1,36})"/g

export function namesInText(text: string): readonly string[] {
  return Array.from(text.matchAll(named), ([, name = '']) => name)
}

/** The text with other names; what has none keeps its own. */
export function withNamesInText(text: string, names: ReadonlyMap<string, string>): string {
  return text.replaceAll(named, (_, name: string) => `"${names.get(name) ?? name}"`)
}
