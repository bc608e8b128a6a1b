import type { Atom } from '../language/syntax.ts'
import { adornedName, questionsName } from './adorned-atoms.ts'

/** What is asked of an external relation with some columns known, and where its rows are kept. */
export interface Pull {
  readonly relation: string
  readonly adornment: string
  readonly name: string
  /** The relation of what is asked of it. */
  readonly questions: string
  readonly arity: number
}

export function pullOf({ relation, terms }: Atom, adornment: string): Pull {
  return {
    relation,
    adornment,
    name: adornedName(relation, adornment),
    questions: questionsName(relation, adornment),
    arity: terms.length,
  }
}
