import type { Outcome } from './child.ts'
import type { ProgramName } from './programs.ts'
import type { Answer, Figures } from './protocol.ts'

/** Why a figure is not there. */
export class NotMeasured extends Error {}

interface Cell {
  readonly answers: Answer[]
  seconds: number
  /** Once there is one, the peer is not asked this again. */
  problem?: string
}

/** The answers of all repetitions; a figure is their median. */
export class Measurements {
  readonly #cells = new Map<string, Cell>()

  add(cell: CellName, outcome: Outcome, seconds: number): void {
    const found = this.#cell(cell)
    found.seconds += seconds
    if (outcome.status === 'answered') found.answers.push(outcome.answer)
    if (outcome.status === 'over') found.problem = `over ${outcome.seconds} s`
    if (outcome.status === 'failed') found.problem = `failed: ${outcome.message}`
  }

  markWrong(cell: CellName): void {
    this.#cell(cell).problem = 'wrong'
  }

  problemOf(cell: CellName): string | undefined {
    return this.#cell(cell).problem
  }

  /** What the repetitions of a cell have taken in all. */
  secondsOf(cell: CellName): number {
    return this.#cell(cell).seconds
  }

  batch(peer: string, program: ProgramName): number {
    return median(this.#answers('batch', { peer, name: program }), (answer) => answer.milliseconds)
  }

  /** Above what a process has that does nothing. */
  memory(peer: string, program: ProgramName): number {
    const own = median(this.#answers('batch', { peer, name: program }), rssOf)
    return own - median(this.#answers('empty', { peer: 'node', name: 'empty' }), rssOf)
  }

  /** `operation`: `insert is_a` and the like. */
  update({ peer, name }: CellName, operation: string, figure: keyof Figures): number {
    return median(this.#answers('updates', { peer, name }), ({ series }) => {
      const figures = series[operation]
      if (!figures) throw new NotMeasured(`${peer} did no ${operation}`)
      return figures[figure]
    })
  }

  work(program: ProgramName): number {
    const cell = { peer: 'ours', name: `work ${program}` }
    return median(this.#answers('work', cell), ({ touched, changed }) => touched / changed)
  }

  proof(): number {
    const answers = this.#answers('proof', { peer: 'ours', name: 'proof' })
    return median(answers, ({ figures }) => figures.median)
  }

  #answers<Kind extends Answer['kind']>(
    kind: Kind,
    cell: CellName,
  ): readonly Extract<Answer, { kind: Kind }>[] {
    const { answers, problem } = this.#cell(cell)
    if (problem) throw new NotMeasured(`${cell.peer} on ${cell.name}: ${problem}`)
    const found = answers.filter(
      (answer): answer is Extract<Answer, { kind: Kind }> => answer.kind === kind,
    )
    if (found.length === 0) throw new NotMeasured(`${cell.peer} on ${cell.name}: left out`)
    return found
  }

  #cell({ peer, name }: CellName): Cell {
    const key = `${peer} ${name}`
    let cell = this.#cells.get(key)
    if (!cell) this.#cells.set(key, (cell = { answers: [], seconds: 0 }))
    return cell
  }
}

export interface CellName {
  readonly peer: string
  readonly name: string
}

function rssOf({ rssMegabytes }: { readonly rssMegabytes: number }): number {
  return rssMegabytes
}

function median<Item>(items: readonly Item[], valueOf: (item: Item) => number): number {
  const sorted = items.map(valueOf).sort((left, right) => left - right)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
