import { readdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

export interface CompletionWorld {
  readonly commands: readonly string[]
  readonly relations: readonly string[]
  /** Where file names are relative to. */
  readonly folder: string
}

const words = ['assert', 'retract', 'why', 'why not', 'not']

/** What could stand where the line ends, and the part of it that is there, as readline wants them. */
export function complete(line: string, world: CompletionWorld): [string[], string] {
  const { commands, relations, folder } = world
  const file = /^\.(?:load|save|facts\s+\S+)\s+(\S*)$/.exec(line)?.[1]
  if (file !== undefined) return [findFiles(file, folder), file]
  const relation = /^\.facts\s+(\S*)$/.exec(line)?.[1]
  if (relation !== undefined) return [beginning(relations, relation), relation]
  const state = /^\.timing\s+(\S*)$/.exec(line)?.[1]
  if (state !== undefined) return [beginning(['on', 'off'], state), state]
  if (/^\.\w*$/.test(line)) return [beginning(commands, line), line]
  const [last = ''] = /[\p{L}_][\p{L}\p{M}\p{N}_]*$/u.exec(line) ?? []
  if (/^[\p{Lu}_]/u.test(last)) return [beginning(variablesOf(line, last), last), last]
  const known = line === last ? [...relations, ...words] : [...relations, 'not']
  return [beginning(known, last), last]
}

function beginning(candidates: readonly string[], start: string): string[] {
  return candidates.filter((candidate) => candidate.startsWith(start)).toSorted()
}

/** Those of the line without its last word, which is the one being typed. */
function variablesOf(line: string, last: string): readonly string[] {
  const rest = line.slice(0, line.length - last.length)
  return [...new Set(rest.match(/(?<![\p{L}\p{N}_])\p{Lu}[\p{L}\p{M}\p{N}_]*/gu))]
}

function findFiles(start: string, folder: string): string[] {
  const inside = start.endsWith('/') ? start : dirname(`${start}x`)
  const prefix = start.slice(0, start.lastIndexOf('/') + 1)
  try {
    const entries = readdirSync(resolve(folder, inside), { withFileTypes: true })
    const names = entries.map((entry) => prefix + entry.name + (entry.isDirectory() ? '/' : ''))
    const isHiddenAsked = start.slice(prefix.length).startsWith('.')
    const shown = names.filter(
      (name) => isHiddenAsked || !name.slice(prefix.length).startsWith('.'),
    )
    return beginning(shown, start)
  } catch {
    // A folder that is not there has nothing to offer.
    return []
  }
}
