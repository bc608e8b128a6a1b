import createProlog from 'swipl-wasm'
import type { Peer } from '../peer.ts'
import { toPair } from '../peer.ts'
import type { Program } from '../programs.ts'
import type { Update } from '../workloads.ts'
import { incrementalRules, prologRules, spaceBytes } from './prolog.ts'

type Prolog = Awaited<ReturnType<typeof createProlog>>

export async function createSwiplWasm(): Promise<Peer> {
  const prolog = await start()
  return {
    batch: (program) => {
      load(prolog, prologRules(program), program)
      return Number(ask(prolog, `aggregate_all(count, ${program.goal}(_, _), N)`)['N'])
    },
    rows: async (program) => {
      // Of another program there is nothing left in it.
      const prolog = await start()
      load(prolog, prologRules(program), program)
      const rows = ask(prolog, `findall([X, Y], ${program.goal}(X, Y), Rows)`)['Rows']
      return (rows as unknown[][]).map(toPair)
    },
    open: (program) => {
      load(prolog, incrementalRules(program), program)
      const { goal } = program
      return {
        point: (update) =>
          Boolean(prolog.prolog.call(`${writeOf(update)}, ${goal}(${update.asked.join()})`)),
        view: (update) => Number(ask(prolog, `${writeOf(update)}, view(${update.viewed}, N)`)['N']),
      }
    },
  }
}

async function start(): Promise<Prolog> {
  const prolog = await createProlog({ arguments: ['-q'] })
  ask(prolog, `set_prolog_flag(table_space, ${spaceBytes})`)
  return prolog
}

function writeOf({ isInsert, relation, row }: Update): string {
  return `${isInsert ? 'assertz' : 'retract'}(${relation}(${row.join()}))`
}

function load(prolog: Prolog, rules: string, { facts }: Program): void {
  prolog.FS.writeFile('/program.pl', rules)
  ask(prolog, "consult('/program.pl')")
  for (const [relation, rows] of Object.entries(facts)) {
    ask(prolog, `forall(member([X, Y], Rows), assertz(${relation}(X, Y)))`, { Rows: rows })
  }
}

function ask(
  prolog: Prolog,
  goal: string,
  input: Record<string, unknown> = {},
): Readonly<Record<string, unknown>> {
  const answer = prolog.prolog.query(goal, input).once() as Readonly<Record<string, unknown>>
  if (answer['success'] !== true) throw new Error(`${goal} failed: ${JSON.stringify(answer)}`)
  return answer
}
