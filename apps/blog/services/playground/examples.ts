import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { engineFolder } from './browser-modules.ts'

/** A program to begin with. */
export interface Example {
  readonly name: string
  readonly label: string
  readonly text: string
}

const labels: readonly (readonly [name: string, label: string])[] = [
  ['family', 'A family'],
  ['blog-types', 'Posts and their types'],
  ['permissions', 'Who may do what'],
]

/** The engine's own examples. */
export function readExamples(): readonly Example[] {
  return labels.map(([name, label]) => ({
    name,
    label,
    text: readFileSync(join(engineFolder(), 'examples', `${name}.dl`), 'utf8'),
  }))
}
