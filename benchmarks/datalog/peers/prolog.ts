import type { Program, ProgramKind } from '../programs.ts'

const tabled: Readonly<Record<ProgramKind, string>> = {
  closure: 'path/2',
  generation: 'sg/2',
  blog: 'sub/2, inst/2',
}

/** Tables hold hundreds of thousands of answers. */
export const spaceBytes = 4_000_000_000

/** The rules, each derived relation a table; facts are asserted, which is faster than consulting them. */
export function prologRules({ kind, facts, rules }: Program): string {
  return `:- table ${tabled[kind]}.\n:- dynamic ${relationsOf(facts)}.\n${rules}\n`
}

/** A write then invalidates the tables that depend on it, and they are worked out again when asked. */
export function incrementalRules({ kind, facts, rules }: Program): string {
  return `:- dynamic([${relationsOf(facts)}], [incremental(true)]).
:- table (${tabled[kind]}) as incremental.
${rules}
${kind === 'blog' ? viewRules : ''}`
}

/** As a Prolog programmer writes it: walks from the type down, and only then to the posts. */
const viewRules = `
:- table (below/2) as incremental.
below(T, T).
below(S, T) :- below(M, T), sub_of(S, M).
view(T, N) :- findall(P, (below(S, T), is_a(P, S)), Ps), sort(Ps, Once), length(Once, N).
`

function relationsOf(facts: Program['facts']): string {
  return Object.keys(facts)
    .map((relation) => `${relation}/2`)
    .join(', ')
}
