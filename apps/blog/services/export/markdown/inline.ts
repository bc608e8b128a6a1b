import type { LexicalNode } from '../../documents/lexical.ts'
import { codeSpan, escapeText, linkTarget, linkTitle } from './escape-text.ts'

interface Mark {
  readonly bit: number
  readonly tag: string
  /** Where Markdown has one. */
  readonly delimiter?: string
}

const codeBit = 16

/** Lexical's format bits, the outermost first. */
const marks: readonly Mark[] = [
  { bit: 1, tag: 'strong', delimiter: '**' },
  { bit: 2, tag: 'em', delimiter: '*' },
  { bit: 4, tag: 's', delimiter: '~~' },
  { bit: 8, tag: 'u' },
  { bit: 128, tag: 'mark' },
  { bit: 32, tag: 'sub' },
  { bit: 64, tag: 'sup' },
  { bit: codeBit, tag: 'code' },
]

/** Whether a mark stands directly before or after, with which asterisks of ours would run together. */
interface Edges {
  readonly hasMarkBefore: boolean
  readonly hasMarkAfter: boolean
}

const freeEdges: Edges = { hasMarkBefore: false, hasMarkAfter: false }
const markedEdges: Edges = { hasMarkBefore: true, hasMarkAfter: true }

/** The lines of a paragraph or heading, without what a line's beginning and end need. */
export function inlineLines(nodes: readonly LexicalNode[]): readonly string[] {
  const lines: LexicalNode[][] = [[]]
  for (const node of nodes) {
    if (node.type === 'linebreak') lines.push([])
    else lines.at(-1)?.push(node)
  }
  return lines.map((line) => renderLine(line))
}

function renderLine(nodes: readonly LexicalNode[]): string {
  const runs = nodes.flatMap(runsOf).filter(({ text, link }) => link || text !== '')
  return renderRuns(freeSpaces(runs), 0, freeEdges)
}

/** Text with its marks, or a link. */
interface Run {
  readonly format: number
  readonly text: string
  readonly link?: LexicalNode
}

function runsOf(node: LexicalNode): readonly Run[] {
  const format = typeof node['format'] === 'number' ? node['format'] : 0
  if (node.type === 'link' || node.type === 'autolink') {
    return [{ format: 0, text: '', link: node }]
  }
  if (node.type === 'tab') return [{ format, text: '\t' }]
  if (node.type === 'linebreak') return [{ format: 0, text: '\n' }]
  if (typeof node['text'] === 'string') return [{ format, text: node['text'] }]
  return Array.isArray(node.children) ? node.children.flatMap(runsOf) : []
}

/**
 * A mark cannot begin or end with a space. So spaces at the ends of a run become runs of their own, with only
 * the marks that what is before and what is after them share.
 */
function freeSpaces(runs: readonly Run[]): readonly Run[] {
  const parts = runs.flatMap((run) => {
    if (run.link || run.format & codeBit) return [run]
    const [, before = '', inside = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(run.text) ?? []
    return [before, inside, after]
      .filter((text) => text !== '')
      .map((text) => ({ format: run.format, text }))
  })
  const isSpace = ({ link, format, text }: Run) =>
    !link && !(format & codeBit) && text.trim() === ''
  // What stands after each, from the end on.
  const following: number[] = []
  parts.reduceRight((format, run, index) => {
    following[index] = format
    return isSpace(run) ? format : run.format
  }, 0)
  let previous = 0
  return parts.map((run, index) => {
    if (isSpace(run)) return { ...run, format: previous & (following[index] ?? 0) & ~codeBit }
    previous = run.format
    return run
  })
}

interface Piece {
  readonly mark: Mark | undefined
  readonly runs: readonly Run[]
}

/**
 * `done` are the bits of the marks around these runs. What Markdown takes for a space beside a mark is less than what
 * JavaScript does: line and paragraph separators are none.
 */
function renderRuns(runs: readonly Run[], done: number, edges: Edges): string {
  const pieces = piecesOf(runs, done)
  let output = ''
  for (const [index, piece] of pieces.entries()) {
    const next = pieces[index + 1]
    // With a link behind it, it would make a picture of it.
    if (!piece.mark && piece.runs[0]?.link) output = output.replace(/!$/, '\\!')
    output += renderPiece(piece, {
      done,
      isFreeBefore:
        output === ''
          ? !(index === 0 && edges.hasMarkBefore)
          : /[\t\n\p{Zs}(["'“‘«—–-]$/u.test(output),
      isFreeAfter: next ? isFreeAfter(next) : !edges.hasMarkAfter,
    })
  }
  return output
}

/** Neighbours that share a mark are one piece in it. */
function piecesOf(runs: readonly Run[], done: number): readonly Piece[] {
  const pieces: { mark: Mark | undefined; runs: Run[] }[] = []
  for (const run of runs) {
    const last = pieces.at(-1)
    const mark = marks.find(({ bit }) => run.format & bit & ~done)
    const isShared = last?.mark && run.format & last.mark.bit
    // Nothing in code has a mark of its own.
    if (isShared && (last.mark?.bit !== codeBit || mark?.bit === codeBit)) last.runs.push(run)
    else pieces.push({ mark, runs: [run] })
  }
  return pieces
}

function isFreeAfter({ mark, runs: [first] }: Piece): boolean {
  if (mark) return false
  return /^[\t\n\p{Zs}.,;:!?)"'”’»—–-]/u.test(first?.text ?? '')
}

interface Surroundings {
  readonly done: number
  readonly isFreeBefore: boolean
  readonly isFreeAfter: boolean
}

function renderPiece({ mark, runs }: Piece, around: Surroundings): string {
  if (!mark) return runs.map(plain).join('')
  if (mark.bit === codeBit) return codeSpan(runs.map(({ text }) => text).join(''))
  const content = renderRuns(runs, around.done | mark.bit, markedEdges)
  return mark.delimiter && around.isFreeBefore && around.isFreeAfter
    ? mark.delimiter + content + mark.delimiter
    : `<${mark.tag}>${content}</${mark.tag}>`
}

function plain({ text, link }: Run): string {
  if (!link) return escapeText(text)
  const url = typeof link['url'] === 'string' ? link['url'] : ''
  const title = typeof link['title'] === 'string' ? link['title'] : ''
  const words = renderLine(link.children ?? [])
  return `[${words}](${linkTarget(url)}${linkTitle(title)})`
}
