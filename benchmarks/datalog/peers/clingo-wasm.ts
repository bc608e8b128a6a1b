import clingo from 'clingo-wasm'
import type { Peer, Session } from '../peer.ts'
import type { Program } from '../programs.ts'
import type { Update } from '../workloads.ts'
import { atomsOf, countOf, countText, pairsOf, rowsText, showText } from './answer-set.ts'
import { FactBook } from './fact-book.ts'

/** Solves again for each question. */
export async function createClingoWasm(): Promise<Peer> {
  await clingo.init()
  // The first run compiles the module.
  await solve('a.')
  return {
    batch: async (program) => countOf(await solve(countText(program))),
    rows: async (program) => pairsOf(await solve(rowsText(program))),
    open,
  }
}

function open(program: Program): Session {
  const book = new FactBook(program.facts)
  const ask = (update: Update, shown: string) => {
    book.write(update)
    return solve(showText({ ...program, facts: book.facts }, shown))
  }
  return {
    point: async (update) => {
      const atoms = await ask(update, `yes : ${program.goal}(${update.asked.join()})`)
      return atoms.length > 0
    },
    view: async (update) => {
      const counted = `#count{ X : ${program.goal}(X, ${update.viewed}) }`
      return countOf(await ask(update, `n(N) : N = ${counted}`))
    },
  }
}

async function solve(text: string): Promise<readonly string[]> {
  return atomsOf(await clingo.run(text))
}
