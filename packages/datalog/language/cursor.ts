import type { Problem } from './errors.ts'
import { placeholder } from './source.ts'
import type { Span } from './syntax.ts'
import type { Token } from './tokens.ts'

/** Leaves a clause that cannot be read on; the parser goes on behind it. */
export class SyntaxFailure extends Error {
  override readonly name = 'SyntaxFailure'
}

/** A place in the tokens of a text. */
export class Cursor {
  readonly text: string
  readonly problems: Problem[] = []
  readonly #tokens: readonly Token[]
  #at = 0
  /** One for all, as to make an error costs more than to read a clause. */
  readonly #failure = new SyntaxFailure()

  constructor(text: string, tokens: readonly Token[]) {
    this.text = text
    this.#tokens = tokens
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)]!
  }

  /** The token last taken. */
  get last(): Token {
    return this.#tokens[Math.max(this.#at - 1, 0)]!
  }

  take(): Token {
    const token = this.peek()
    if (token.kind !== 'end') this.#at++
    return token
  }

  isSymbol(symbol: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'symbol' && token.text === symbol
  }

  isName(name: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'name' && token.text === name
  }

  accept(symbol: string): boolean {
    const found = this.isSymbol(symbol)
    if (found) this.take()
    return found
  }

  expect(symbol: string, hint = ''): void {
    if (!this.accept(symbol)) this.failExpecting(symbol, hint)
  }

  /** From a start to the token last taken. */
  spanFrom({ start, line, column }: Span): Span {
    return { start, end: Math.max(start, this.last.end), line, column }
  }

  /** The text of a span on one line, short enough for a message. */
  textOf({ start, end }: Span): string {
    const raw = this.text.slice(start, Math.min(end, start + 200))
    const text = raw.replaceAll(/\s+/g, ' ').replaceAll(placeholder, '${...}')
    return text.length > 60 ? `${text.slice(0, 57)}...` : text
  }

  report(problem: Problem): void {
    this.problems.push(problem)
  }

  fail(
    message: string,
    details: { code?: Problem['code']; hint?: string; span?: Span } = {},
  ): never {
    const { code = 'syntax', hint = '', span = this.peek() } = details
    const { start, end, line, column } = span
    this.report({ code, message, hint, span: { start, end, line, column } })
    throw this.#failure
  }

  failExpecting(wanted: string, hint = ''): never {
    const found = this.peek()
    const what = found.kind === 'end' ? 'the end of the text' : this.textOf(found)
    this.fail(`Expected ${wanted}, found ${what}.`, { hint })
  }

  /** Moves behind the next `.`, from where reading can go on. */
  skipClause(): void {
    while (this.peek().kind !== 'end' && this.take().kind !== 'stop');
  }
}
