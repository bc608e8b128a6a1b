import type { Problem } from '../language/errors.ts'
import type { Paint } from './paint.ts'

/** Where a text came from, to name its lines rightly. */
export interface Shown {
  readonly text?: string | undefined
  readonly file?: string | undefined
  /** Of the text, when it stands in a longer one. */
  readonly firstLine?: number
  readonly paint: Paint
}

/** The line with a caret under the span, when `text` is what the span points into; code, message, hint. */
export function showProblem({ code, message, hint, span }: Problem, shown: Shown): string {
  const { text, file, firstLine, paint } = shown
  const lineNumber = span ? span.line + (firstLine ?? 1) - 1 : firstLine
  const place = [file, file || span ? lineNumber : undefined, span?.column]
    .filter((part) => part !== undefined)
    .join(':')
  const heading = `${place && `${place} `}${paint.bad(`${code}:`)} ${paint.strong(message)}`
  const line = span && text?.split(/\r?\n/)[span.line - 1]
  const lines = [heading]
  if (span && line !== undefined) {
    const number = String(lineNumber)
    const before = line.slice(0, span.column - 1)
    const length = Math.max(1, Math.min(span.end - span.start, line.length - before.length))
    const indent = before.replaceAll(/[^\t]/gu, ' ')
    lines.push(
      `${paint.faint(`${number} │`)} ${line}`,
      `${paint.faint(`${' '.repeat(number.length)} │`)} ${indent}${paint.bad('^'.repeat(length))}`,
    )
  }
  if (hint) lines.push(paint.faint(hint))
  return lines.join('\n')
}

/** One line: `file.dl:3:7 unsafe: …` */
export function lineOfProblem({ code, message, hint, span }: Problem, file: string): string {
  const place = span ? `${file}:${span.line}:${span.column}` : file
  return `${place} ${code}: ${message}${hint && ` ${hint}`}`
}
