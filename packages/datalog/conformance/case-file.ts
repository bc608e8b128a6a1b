/** One block of a case: a line that says what to do, and the indented lines below it. */
export interface Step {
  readonly action: Action
  /** What stands behind the action's name: a relation, a goal or a fact. */
  readonly subject: string
  readonly text: string
  readonly fails: Failure | undefined
  readonly line: number
}

/** The code of an error, and what its message must name. */
export interface Failure {
  readonly codes: readonly string[]
  readonly names: readonly string[]
}

export interface Case {
  /** What the case shows, in a sentence. */
  readonly sentence: string
  readonly steps: readonly Step[]
}

const actions = [
  'options',
  'program',
  'tx',
  'gives',
  'rows',
  'query',
  'explain',
  'why not',
] as const
export type Action = (typeof actions)[number]

/**
 * Reads a case: README.md has the format. Throws on whatever it does not know, so that no expectation
 * is left out by a slip of the pen.
 */
export function readCase(text: string): Case {
  const lines = text.split('\n')
  const sentence = lines[0]?.match(/^% (.+)$/)?.[1]
  if (sentence === undefined) throw new Error('A case begins with % and a sentence.')
  const steps: Step[] = []
  for (const [index, line] of lines.entries()) {
    const last = steps.at(-1)
    if (index === 0 || line.trim() === '') continue
    if (line.startsWith('  ')) {
      if (last === undefined) throw new Error(`Line ${index + 1} belongs to nothing.`)
      steps[steps.length - 1] = { ...last, text: `${last.text}${line.slice(2)}\n` }
    } else {
      steps.push(readHeader(line, index + 1))
    }
  }
  return { sentence, steps }
}

function readHeader(header: string, line: number): Step {
  const action = actions.find((name) => header === name || header.startsWith(`${name} `))
  if (action === undefined) throw new Error(`Line ${line} begins with no known word: ${header}`)
  const rest = header.slice(action.length).trim()
  const [, subject = '', codes, names = ''] = /^(.*?)\s*(?:\bfails ([\w -]+):(.*))?$/.exec(rest)!
  const fails =
    codes === undefined ? undefined : { codes: codes.split(' '), names: splitNames(names) }
  return { action, subject, text: '', fails, line }
}

function splitNames(names: string): readonly string[] {
  return names
    .split(';')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
