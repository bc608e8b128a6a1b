import { DatalogError } from './errors.ts'
import { layOutClause } from './format-clause.ts'
import { parse } from './parser.ts'
import type { Clause, Program, Query, Span } from './syntax.ts'
import { tokenize } from './tokens.ts'

export {
  formatAtom,
  formatClause,
  formatExpression,
  formatLiteral,
  formatValue,
} from './format-clause.ts'

/** A piece of the new text, and the piece of the old one that it stands for. */
interface Block {
  readonly lines: string[]
  readonly start: number
  end: number
  /** Of the clause in it. */
  readonly clauseEnd?: number
}

/**
 * A program in the modern spelling, a clause a line. Of a text, comments and single empty lines stay; it
 * throws a DatalogError with all syntax errors. Formatting what is formatted changes nothing.
 */
export function formatProgram(program: string | Program): string {
  if (typeof program === 'string') return formatText(program)
  return inTextOrder(program)
    .map((part) => `${layOutClause(part)}\n`)
    .join('')
}

function inTextOrder({ clauses, queries }: Program): readonly (Clause | Query)[] {
  return [...clauses, ...queries].toSorted((one, other) => one.span.start - other.span.start)
}

function formatText(text: string): string {
  const { program, problems } = parse({ text })
  if (problems.length > 0) throw new DatalogError(problems)
  const blocks: Block[] = []
  const comments = tokenize({ text }).comments.toReversed()
  for (const part of inTextOrder(program)) {
    while (beginsBefore(comments.at(-1), part.span.start))
      addComment(blocks, { text, span: comments.pop()! })
    const lines: string[] = []
    while (beginsBefore(comments.at(-1), part.span.end))
      lines.push(commentText(text, comments.pop()!))
    const { start, end } = part.span
    blocks.push({ lines: [...lines, layOutClause(part)], start, end, clauseEnd: end })
  }
  for (const span of comments.toReversed()) addComment(blocks, { text, span })
  return join(text, blocks)
}

function beginsBefore(span: Span | undefined, end: number): boolean {
  return span !== undefined && span.start < end
}

function commentText(text: string, { start, end }: Span): string {
  return text.slice(start, end).trimEnd()
}

/** Behind the clause on its line, or on lines of its own. */
function addComment(blocks: Block[], { text, span }: { text: string; span: Span }): void {
  const comment = commentText(text, span)
  const last = blocks.at(-1)
  const isBehind =
    last?.clauseEnd !== undefined && !text.slice(last.clauseEnd, span.start).includes('\n')
  if (!isBehind) {
    blocks.push({ lines: [comment], start: span.start, end: span.end })
    return
  }
  last.lines[last.lines.length - 1] += ` ${comment}`
  last.end = span.end
}

function join(text: string, blocks: readonly Block[]): string {
  return blocks
    .map(({ lines, start }, index) => {
      const before = blocks[index - 1]
      const isApart = before && /\n[^\S\n]*\n/.test(text.slice(before.end, start))
      return `${isApart ? '\n' : ''}${lines.join('\n')}\n`
    })
    .join('')
}
