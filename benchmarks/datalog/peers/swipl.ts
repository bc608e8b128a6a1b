import type { Peer } from '../peer.ts'
import { textOfFacts, toPair } from '../peer.ts'
import type { Program } from '../programs.ts'
import { run } from './native.ts'
import { prologRules, spaceBytes } from './prolog.ts'

/** Rules are consulted up to `end_of_file`; the facts behind it are read and asserted. */
const assertFacts = `
assert_facts :- repeat, read(Fact), ( Fact == end_of_file -> ! ; assertz(Fact), fail ).
end_of_file.
`

export function createSwipl(): Peer {
  return {
    batch: (program) =>
      Number(prove(program, `aggregate_all(count, ${program.goal}(_, _), N), writeln(N)`)),
    rows: (program) => {
      const printed = prove(program, `forall(${program.goal}(X, Y), (write(X-Y), nl))`)
      return printed
        .trim()
        .split('\n')
        .map((line) => toPair(line.split('-')))
    },
  }
}

function prove(program: Program, goal: string): string {
  const limits = [`--table-space=${spaceBytes}`, `--stack-limit=${spaceBytes}`]
  const load = 'load_files(program, [stream(user_input)]), assert_facts'
  return run(
    'swipl',
    ['-q', ...limits, '-g', `${load}, ${goal}`, '-t', 'halt'],
    `${prologRules(program)}${assertFacts}${textOfFacts(program)}`,
  )
}
