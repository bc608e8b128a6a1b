import { parseArgs } from 'node:util'
import { UsageError } from './usage-error.ts'

/** The flags a command knows: `text` ones have a value behind them and may be given several times. */
export type Flags = Readonly<Record<string, 'switch' | 'text'>>

export interface Arguments {
  readonly files: readonly string[]
  has(flag: string): boolean
  texts(flag: string): readonly string[]
  /** A whole number of at least 0. Throws UsageError. */
  count(flag: string): number | undefined
}

/** Throws UsageError that names the flag which is unknown or has no value. */
export function parseArguments(
  words: readonly string[],
  { command, flags }: { command: string; flags: Flags },
): Arguments {
  const known: Flags = { help: 'switch', ...flags }
  const { tokens, positionals } = parseArgs({
    args: [...words],
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(known).map(([name, kind]) => [
        name,
        { type: kind === 'text' ? ('string' as const) : ('boolean' as const), multiple: true },
      ]),
    ),
  })
  const given = new Map<string, string[]>()
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const { name, rawName, value } = token
    const kind = known[name]
    const advice = `See: pnpm datalog ${command} --help`.replace('  ', ' ')
    if (!kind) throw new UsageError(`There is no flag ${rawName}. ${advice}`)
    if (kind === 'text' && value === undefined) throw new UsageError(`${rawName} needs a value.`)
    if (kind === 'switch' && value !== undefined) throw new UsageError(`${rawName} takes no value.`)
    given.set(name, [...(given.get(name) ?? []), value ?? ''])
  }
  const texts = (flag: string) => given.get(flag) ?? []

  return {
    files: positionals,
    has: (flag) => given.has(flag),
    texts,
    count(flag) {
      const text = texts(flag).at(-1)
      if (text === undefined) return undefined
      if (/^\d{1,15}$/.test(text)) return Number(text)
      throw new UsageError(`--${flag} is ${text}, and it has to be a whole number.`)
    },
  }
}
