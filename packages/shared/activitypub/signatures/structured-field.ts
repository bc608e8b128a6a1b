/** `("@method" "content-digest");created=1;keyid="…"` of a Signature-Input header. */
export interface InnerList {
  readonly items: readonly string[]
  readonly parameters: Readonly<Record<string, string | number>>
  /** As it was written, for the last line of what is signed. */
  readonly text: string
}

const member = /^\s*([a-z*][\w.*-]*)=/
const listStart = /^\(\s*/
const listItem = /^"((?:[^"\\]|\\["\\])*)"(?=[\s)])\s*/
const parameter = /^;\s*([a-z*][\w.*-]*)=(?:"((?:[^"\\]|\\["\\])*)"|(-?\d{1,15})(?![\d.]))/
const bytes = /^:([A-Za-z\d+/=]*):/
const separator = /^\s*(?:,|$)/

/**
 * The parts of RFC 8941 that signatures are written in: a dictionary of inner lists of strings. Undefined
 * for anything else, components with parameters among it: we make no use of them.
 */
export function readInnerLists(header: string): ReadonlyMap<string, InnerList> | undefined {
  return readDictionary(header, (rest) => {
    let left = rest.replace(listStart, '')
    if (left === rest) return undefined
    const items: string[] = []
    for (let found = listItem.exec(left); found; found = listItem.exec(left)) {
      items.push(unescape(found[1]))
      left = left.slice(found[0].length)
    }
    if (!left.startsWith(')')) return undefined
    left = left.slice(1)
    const parameters: Record<string, string | number> = {}
    for (let found = parameter.exec(left); found; found = parameter.exec(left)) {
      const [whole, name = '', text, number] = found
      if (name in parameters) return undefined
      parameters[name] = number === undefined ? unescape(text) : Number(number)
      left = left.slice(whole.length)
    }
    const text = rest.slice(0, rest.length - left.length)
    return { value: { items, parameters, text }, left }
  })
}

/** A dictionary of byte sequences: a Signature header. */
export function readByteSequences(header: string): ReadonlyMap<string, Buffer> | undefined {
  return readDictionary(header, (rest) => {
    const found = bytes.exec(rest)
    if (!found) return undefined
    return {
      value: Buffer.from(found[1] ?? '', 'base64'),
      left: rest.slice(found[0].length),
    }
  })
}

function readDictionary<Value>(
  header: string,
  read: (rest: string) => { readonly value: Value; readonly left: string } | undefined,
): ReadonlyMap<string, Value> | undefined {
  const members = new Map<string, Value>()
  let rest = header
  while (rest.trim() !== '') {
    const start = member.exec(rest)
    const found = start && read(rest.slice(start[0].length))
    const end = found && separator.exec(found.left)
    if (!start || !end || members.has(start[1] ?? '')) return undefined
    members.set(start[1] ?? '', found.value)
    rest = found.left.slice(end[0].length)
  }
  return members
}

function unescape(text = ''): string {
  return text.replaceAll(/\\(["\\])/g, '$1')
}
