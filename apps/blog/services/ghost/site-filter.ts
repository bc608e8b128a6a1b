/** What a filter of routes.yaml can ask of a post. */
export interface FilteredPost {
  readonly tags: readonly string[]
  readonly authors: readonly string[]
  readonly primaryTag: string | undefined
  readonly featured: boolean
  readonly visibility: string
}

export type PostFilter = (post: FilteredPost) => boolean

/**
 * Ghost's filter language as far as `tag`, `author`, `primary_tag`, `primary_author`, `featured` and `visibility`, with
 * `+` (and), `,` (or), `-` (not), lists and brackets. Undefined for anything else.
 */
export function readFilter(text: string): PostFilter | undefined {
  const words = text.match(/[()[\]+,:-]|'[^']*'|[^\s()[\]+,:']+/g) ?? []
  let at = 0
  const take = (word: string) => {
    if (words[at] !== word) return false
    at += 1
    return true
  }

  function readAny(): PostFilter {
    const parts = [readAll()]
    while (take(',')) parts.push(readAll())
    return (post) => parts.some((part) => part(post))
  }

  function readAll(): PostFilter {
    const parts = [readOne()]
    while (take('+')) parts.push(readOne())
    return (post) => parts.every((part) => part(post))
  }

  function readOne(): PostFilter {
    if (take('(')) {
      const inner = readAny()
      if (!take(')')) throw new SyntaxError()
      return inner
    }
    const valuesOf = columns.get(words[at++] ?? '')
    if (!valuesOf || !take(':')) throw new SyntaxError()
    const isNot = take('-')
    const wanted = take('[') ? readList() : [readValue()]
    return (post) => valuesOf(post).some((value) => wanted.includes(value)) !== isNot
  }

  function readList(): readonly string[] {
    const values = [readValue()]
    while (take(',')) values.push(readValue())
    if (!take(']')) throw new SyntaxError()
    return values
  }

  function readValue(): string {
    const value = words[at++] ?? ''
    if (value.startsWith("'")) return value.slice(1, -1)
    if (/^[()[\]+,:-]?$/.test(value)) throw new SyntaxError()
    return value
  }

  try {
    const filter = readAny()
    return at === words.length ? filter : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const columns = new Map<string, (post: FilteredPost) => readonly string[]>([
  ['tag', ({ tags }) => tags],
  ['tags', ({ tags }) => tags],
  ['author', ({ authors }) => authors],
  ['authors', ({ authors }) => authors],
  ['primary_tag', ({ primaryTag }) => (primaryTag === undefined ? [] : [primaryTag])],
  ['primary_author', ({ authors }) => authors.slice(0, 1)],
  ['featured', ({ featured }) => [String(featured)]],
  ['visibility', ({ visibility }) => [visibility]],
])
