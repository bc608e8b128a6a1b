/** What `--help` says, by command. */
export const help = {
  '': `pnpm datalog                      opens a prompt; with a pipe it runs what comes
pnpm datalog run FILE ...         loads programs and answers their queries
pnpm datalog check FILE ...       shows all that is wrong with them
pnpm datalog format FILE ...      prints them in the house format
pnpm datalog COMMAND --help       says more

  --max-derivations N   rule firings that one step may take (20 million)
`,
  run: `pnpm datalog run FILE ... [flags]

Loads the files as one program and answers its queries (?- p(X).) in order, or shows
every derived relation when there is none.

  --facts RELATION=FILE  rows of a .csv file, or of one with tabs; may be given again
  --limit N              rows shown of each answer
  --json                 one JSON document instead of tables
  --time                 how long loading and each answer took
  --max-derivations N    rule firings that one step may take (20 million)

Ends with 1 when something is wrong; the message is FILE:LINE:COLUMN CODE: ...
`,
  check: `pnpm datalog check FILE ... [flags]

Shows every problem of every file. Each file is a program by itself.

  --json                 the problems as one JSON document

Ends with 1 when there is a problem.
`,
  format: `pnpm datalog format FILE ... [flags]

Prints the programs in the house format.

  --write                changes the files instead
  --check                only says which files would change; ends with 1 when there are some
`,
} as const

export const replHelp = `p(a).  p(X) :- q(X).    facts and rules, over several lines until the full stop
+ p(a)   - p(a)         assert and retract, and what changed by it (also: assert, retract)
? p(X), q(X)            a question (also: ?- p(X), q(X).)
why p(a)                the proof of a fact
why not p(a)            what a fact that does not hold lacks

.load FILE              adds a program
.facts RELATION FILE    adds rows of a .csv file, or of one with tabs
.save FILE              writes the rules and the asserted facts
.rules   .relations     what there is
.stats                  what the last change cost, and the memory
.timing on|off          how long each thing takes
.limit N                rows shown of an answer
.undo                   takes the last change back
.reset                  begins anew
.help   .quit
`
