import type { Pair, Pairs } from '../graphs.ts'
import { textOfFacts } from '../peer.ts'
import type { Program } from '../programs.ts'

/** Only the number of the goal's rows is shown. */
export function countText(program: Program): string {
  return showText(program, `n(N) : N = #count{ X, Y : ${program.goal}(X, Y) }`)
}

export function rowsText(program: Program): string {
  return showText(program, `${program.goal}/2`)
}

export function showText(program: Program, shown: string): string {
  return `${textOfFacts(program)}${program.rules}\n#show.\n#show ${shown}.\n`
}

/** The atoms shown, of clingo's output as JSON. */
export function atomsOf(output: unknown): readonly string[] {
  const { Call } = output as { Call?: readonly { Witnesses: readonly { Value: string[] }[] }[] }
  const atoms = Call?.[0]?.Witnesses[0]?.Value
  if (!atoms) throw new Error(`clingo answered ${JSON.stringify(output).slice(0, 200)}`)
  return atoms
}

export function countOf(atoms: readonly string[]): number {
  return Number(/^n\((\d+)\)$/.exec(atoms[0] ?? '')?.[1])
}

export function pairsOf(atoms: readonly string[]): Pairs {
  return atoms.map((atom): Pair => {
    const [first, second] = atom.match(/\d+/g) ?? []
    return [Number(first), Number(second)]
  })
}
