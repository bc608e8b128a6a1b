import type { Problem } from './errors.ts'
import { advice, foreignSymbols } from './foreign-symbols.ts'
import { readQuoted } from './quoted.ts'
import { placeholder, type Source } from './source.ts'
import type { Span, Value } from './syntax.ts'
import { isNumberValue, isValue, normalNumber } from './values.ts'

export interface Token extends Span {
  readonly kind: TokenKind
  /** As written. */
  readonly text: string
  /** Of a constant. */
  readonly value: Value
}

/** `quoted` is text between quotes, `value` one of a template, `stop` the `.` after a clause. */
export type TokenKind =
  | 'name'
  | 'variable'
  | 'number'
  | 'quoted'
  | 'value'
  | 'symbol'
  | 'stop'
  | 'end'

export interface Tokens {
  /** Ends with one of kind `end`. */
  readonly tokens: readonly Token[]
  readonly comments: readonly Span[]
  readonly problems: readonly Problem[]
}

const space = /\s+/y
const word = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy
const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const symbol = /:-|\?-|<=|>=|!=|[<>=+\-*/(){}[\],:;|]/y
const lineComment = /%[^\n]*/y
const startsVariable = /^[\p{Lu}\p{Lt}_]/u
const strangers = /[^\s\w()[\]{},.%'"]/uy

/** Cuts a text into tokens. What belongs to no token is a problem and left out. */
export function tokenize({ text, values }: Source): Tokens {
  const tokens: Token[] = []
  const comments: Span[] = []
  const problems: Problem[] = []
  let at = 0
  let line = 1
  let lineStart = 0

  function match(pattern: RegExp): number {
    pattern.lastIndex = at
    return pattern.test(text) ? pattern.lastIndex : at
  }

  function spanTo(end: number): Span {
    return { start: at, end, line, column: at - lineStart + 1 }
  }

  function push(kind: TokenKind, end: number, value: Value = ''): void {
    const column = at - lineStart + 1
    tokens.push({ kind, text: text.slice(at, end), value, start: at, end, line, column })
    at = end
  }

  function report(message: string, details: { hint?: string; span: Span; isValue?: boolean }) {
    const code = details.isValue ? 'value' : 'syntax'
    problems.push({ code, message, hint: details.hint ?? '', span: details.span })
  }

  /** Moves over white space and comments, which may have line ends in them. */
  function skipTo(end: number): void {
    for (let next = text.indexOf('\n', at); next !== -1 && next < end;) {
      line++
      lineStart = next + 1
      next = text.indexOf('\n', lineStart)
    }
    at = end
  }

  function pushWord(end: number): void {
    const name = text.slice(at, end)
    push(startsVariable.test(name) ? 'variable' : 'name', end, name)
  }

  function pushNumber(end: number): void {
    const written = text.slice(at, end)
    const value = Number(written)
    if (!isNumberValue(value)) {
      const hint = 'Whole numbers go from -9007199254740991 to 9007199254740991.'
      report(`${written} is too large a number.`, { hint, span: spanTo(end), isValue: true })
    }
    push('number', end, normalNumber(value))
    const tail = match(word)
    if (tail === at) return
    const joined = written + text.slice(at, tail)
    report(`${joined} is neither a number nor a name.`, {
      hint: 'A name begins with a letter; other text stands between quotes.',
      span: spanTo(tail),
    })
    at = tail
  }

  function pushQuoted(): void {
    const { value, end, closed, wrong } = readQuoted(text, at)
    const span = spanTo(end)
    if (!closed) {
      const hint = 'Quoted text ends on its line; write \\n for a line end.'
      report('Text between quotes is not closed.', { hint, span })
    }
    for (const escape of wrong) {
      const hint = 'The escapes are \\n \\t \\r \\\\ \\" \\\' and \\u{...}.'
      const place = { ...escape, line, column: escape.start - lineStart + 1 }
      report(`${text.slice(escape.start, escape.end)} is not an escape.`, { hint, span: place })
    }
    if (text.slice(at, end).includes(placeholder)) {
      const hint = values ? 'Use the value without quotes.' : 'Write it as \\u{fffc}.'
      report('A U+FFFC stands between quotes.', { hint, span })
    }
    push('quoted', end, value)
  }

  function pushValue(): void {
    const value = values?.get(at)
    if (!values?.has(at)) {
      report('A U+FFFC stands in the text.', { span: spanTo(at + 1) })
      at++
      return
    }
    const right = isValue(value)
    if (!right) {
      const hint =
        'A value is text, a finite number (a safe integer if whole), or a list of values.'
      const what = typeof value === 'object' ? 'An object' : String(value)
      report(`${what} is not a value.`, { hint, span: spanTo(at + 1), isValue: true })
    }
    push('value', at + 1, right ? (typeof value === 'number' ? normalNumber(value) : value) : '')
  }

  function comment(end: number): void {
    comments.push(spanTo(end))
    skipTo(end)
  }

  function blockComment(): void {
    const close = text.indexOf('*/', at + 2)
    if (close === -1) {
      report('A comment is not closed.', { hint: 'Add */ at its end.', span: spanTo(text.length) })
    }
    comment(close === -1 ? text.length : close + 2)
  }

  /** A problem, and then read as what was meant. */
  function pushForeign(): void {
    const written = text.slice(at, at + 2)
    const meant = foreignSymbols[written] ?? ''
    const span = spanTo(at + 2)
    report(`"${written}" means nothing here.`, { hint: `Write ${meant} instead.`, span })
    tokens.push({ kind: 'symbol', text: meant, value: '', ...span })
    at += 2
  }

  function strange(end: number): void {
    const written = text.slice(at, end)
    const hint = advice[written] ?? ''
    const last = problems.at(-1)
    // A run of strange characters is one problem.
    if (last?.code === 'syntax' && last.span?.end === at && last.message.endsWith('here.')) {
      problems[problems.length - 1] = { ...last, span: { ...last.span, end } }
    } else {
      report(`${JSON.stringify(written)} means nothing here.`, { hint, span: spanTo(end) })
    }
    at = end
  }

  function step(): void {
    const character = text[at]!
    let end = match(space)
    if (end > at) return skipTo(end)
    if (character === '%') return comment(match(lineComment))
    if (character === '/' && text[at + 1] === '*') return blockComment()
    if (character === '"' || character === "'") return pushQuoted()
    if (character === placeholder) return pushValue()
    if (character === '.') return push('stop', at + 1)
    if ((end = match(word)) > at) return pushWord(end)
    if ((end = match(number)) > at) return pushNumber(end)
    if (foreignSymbols[text.slice(at, at + 2)]) return pushForeign()
    if ((end = match(symbol)) > at) return push('symbol', end)
    strange(Math.max(match(strangers), at + 1))
  }

  while (at < text.length) step()
  push('end', at)
  return { tokens, comments, problems }
}
