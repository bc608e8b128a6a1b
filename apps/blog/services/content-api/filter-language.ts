import {
  type Filter,
  type FilterComparison,
  FilterError,
  type FilterGroup,
  type FilterOperator,
  type FilterValue,
  operatorSigns,
  type TimeUnit,
} from './filter-tree.ts'

const mostLetters = 2000
const mostNesting = 20
/** Each may become a query of its own inside the query. */
const mostComparisons = 40

/**
 * Reads a filter in NQL, the query language of Ghost's APIs: `+` is and, `,` is or, and binds less.
 * Where a `+` came through an address as a space it is still an and. Time is linear in the length.
 *
 * Throws FilterError.
 */
export function parseFilter(text: string): Filter {
  if (text.length > mostLetters) {
    throw new FilterError(`A filter has ${mostLetters} characters at most`, mostLetters + 1)
  }
  const source = new Source(text)
  const filter = readAny(source, 0)
  if (!source.isAtEnd()) throw source.unexpected('“+”, “,” or the end')
  return filter
}

const whitespace = /\s*/y
const fieldName = /[a-z_][\w.]*/iy
const signs = /-?~[\^$]?|>=?|<=?|-/y
const relativeTime = /now([-+])(\d{1,5})([smhdwMy])(?![\w-])/y
const quoted = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/sy
const bareText = /(?:[^\s'"+()<>=[\],~\\]|\\\S)+/y

/** The text and how far it has been read. */
class Source {
  readonly #text: string
  #place = 0
  #comparisons = 0

  constructor(text: string) {
    this.#text = text
    this.#skipSpace()
  }

  /** From 1. */
  get at(): number {
    return this.#place + 1
  }

  isAtEnd(): boolean {
    return this.#place === this.#text.length
  }

  take(sign: string): boolean {
    if (!this.#text.startsWith(sign, this.#place)) return false
    this.#place += sign.length
    this.#skipSpace()
    return true
  }

  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#place
    const found = pattern.exec(this.#text)
    if (!found) return undefined
    this.#place = pattern.lastIndex
    this.#skipSpace()
    return found
  }

  countComparison(): void {
    this.#comparisons += 1
    if (this.#comparisons <= mostComparisons) return
    throw new FilterError(`A filter compares ${mostComparisons} times at most`, this.at)
  }

  unexpected(wanted: string): FilterError {
    const found = this.#text[this.#place]
    const what = found === undefined ? 'The filter ends too early' : `“${found}” does not fit`
    return new FilterError(`${what}: ${wanted} was expected`, this.at)
  }

  #skipSpace(): void {
    whitespace.lastIndex = this.#place
    whitespace.exec(this.#text)
    this.#place = whitespace.lastIndex
  }
}

function readAny(source: Source, depth: number): Filter {
  const parts = [readAll(source, depth)]
  while (source.take(',')) parts.push(readAll(source, depth))
  return group('any', parts)
}

function readAll(source: Source, depth: number): Filter {
  const parts = [readPart(source, depth)]
  while (source.take('+') || startsPart(source)) parts.push(readPart(source, depth))
  return group('all', parts)
}

/** After a space that was a `+`. */
function startsPart(source: Source): boolean {
  return source.match(/(?=[a-z_(])/iy) !== undefined
}

function group(kind: FilterGroup['kind'], parts: readonly Filter[]): Filter {
  const [only] = parts
  return parts.length === 1 && only ? only : { kind, parts }
}

function readPart(source: Source, depth: number): Filter {
  const { at } = source
  if (!source.take('(')) return readComparison(source)
  if (depth === mostNesting) {
    throw new FilterError(`Groups stand ${mostNesting} deep at most`, at)
  }
  const inside = readAny(source, depth + 1)
  if (!source.take(')')) throw source.unexpected('“)”')
  return inside
}

function readComparison(source: Source): FilterComparison {
  const { at } = source
  source.countComparison()
  const field = source.match(fieldName)?.[0]
  if (field === undefined) throw source.unexpected('the name of a field')
  if (!source.take(':')) throw source.unexpected('“:”')
  const operator = readOperator(source)
  const isPlain = operator === 'is' || operator === 'is-not'
  const values = isPlain && source.take('[') ? readList(source) : [readValue(source)]
  return { kind: 'compare', field, operator, values, at }
}

const operators = new Map(
  Object.entries(operatorSigns).map(([name, sign]) => [sign as string, name as FilterOperator]),
)

function readOperator(source: Source): FilterOperator {
  return operators.get(source.match(signs)?.[0] ?? '') ?? 'is'
}

function readList(source: Source): readonly FilterValue[] {
  const values = [readValue(source)]
  while (source.take(',')) values.push(readValue(source))
  if (!source.take(']')) throw source.unexpected('“,” or “]”')
  return values
}

function readValue(source: Source): FilterValue {
  const time = source.match(relativeTime)
  if (time) {
    const [, sign, amount, unit] = time
    return { sign: sign as '-' | '+', amount: Number(amount), unit: unit as TimeUnit }
  }
  const text = source.match(quoted)
  if (text) return unescaped(text[1] ?? text[2] ?? '')
  const bare = source.match(bareText)
  if (!bare) throw source.unexpected('a value')
  return meaningOf(bare[0])
}

function meaningOf(bare: string): FilterValue {
  if (bare === 'null') return null
  if (bare === 'true' || bare === 'false') return bare === 'true'
  const number = /^-?\d{1,16}(\.\d{1,16})?$/.test(bare) ? Number(bare) : Number.NaN
  // `007` and the like are somebody's slug.
  return String(number) === bare ? number : unescaped(bare)
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/gs, '$1')
}
