import { tokenize } from '../language/tokens.ts'

/** What somebody typed at the prompt, taken apart but not read yet. */
export type Statement =
  | { readonly kind: 'nothing' }
  /** A rule or query whose full stop has not come. */
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'command'; readonly name: string; readonly words: readonly string[] }
  | { readonly kind: 'change'; readonly sign: '+' | '-'; readonly text: string }
  | { readonly kind: 'question' | 'why' | 'why-not' | 'clauses'; readonly text: string }

type Opening = 'change +' | 'change -' | 'why-not' | 'why' | 'question'

/** How each begins; what follows is a fact or a question. A clause never begins with two words. */
const openings: readonly (readonly [Opening, RegExp])[] = [
  ['change +', /^(?:\+|assert\s+(?=[\p{L}_'"]))/u],
  ['change -', /^(?:-|retract\s+(?=[\p{L}_'"]))/u],
  ['why-not', /^why\s+not\s+(?=[\p{L}_'"])/u],
  ['why', /^why\s+(?=[\p{L}_'"])/u],
  ['question', /^\?(?!-)/],
]

/** `text` is the line, with those before it that were unfinished. */
export function readStatement(text: string): Statement {
  const trimmed = text.trim()
  const [, name, words = ''] = /^\.([a-z]\w*)\s*(.*)$/.exec(trimmed) ?? []
  if (name) return { kind: 'command', name, words: words.split(/\s+/).filter(Boolean) }
  for (const [opening, pattern] of openings) {
    const [beginning] = pattern.exec(trimmed) ?? []
    if (beginning === undefined) continue
    // Blanks in its place, so that the columns of what is wrong are those of the line.
    const indent = text.length - text.trimStart().length + beginning.length
    const rest = ' '.repeat(indent) + trimmed.slice(beginning.length)
    if (opening === 'question') return { kind: 'question', text: rest }
    const fact = finished(rest)
    if (opening === 'change +') return { kind: 'change', sign: '+', text: fact }
    if (opening === 'change -') return { kind: 'change', sign: '-', text: fact }
    return { kind: opening, text: fact }
  }
  const state = stateOf(text)
  return state === 'finished' ? { kind: 'clauses', text } : { kind: state }
}

/** Whether a text ends with the full stop of a clause, or with something that no further line can mend. */
function stateOf(text: string): 'nothing' | 'unfinished' | 'finished' {
  const { tokens, problems } = tokenize({ text })
  if (problems.some(({ message }) => message.startsWith('A comment'))) return 'unfinished'
  if (problems.length > 0) return 'finished'
  const last = tokens.at(-2)
  if (!last) return 'nothing'
  return last.kind === 'stop' ? 'finished' : 'unfinished'
}

/** One line says enough: its full stop may be left out. A comment behind it would swallow a full stop. */
function finished(text: string): string {
  if (stateOf(text) !== 'unfinished') return text
  return text.includes('%') ? `${text}\n.` : `${text}.`
}
