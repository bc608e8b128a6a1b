import type { Engine } from '../evaluate/engine.ts'
import { Instances } from '../explain/instances.ts'
import type { Answers } from './answers.ts'
import type { Explaining } from './explanations.ts'
import type { RowShapes } from './rows.ts'

export interface ExplainerParts {
  readonly engine: Engine
  readonly shapes: RowShapes
  readonly answers: Answers
}

/** Finds what explanations are read from, and keeps it until the rows change. */
export class Explainer {
  readonly #parts: ExplainerParts
  #instances: Instances | undefined

  constructor(parts: ExplainerParts) {
    this.#parts = parts
  }

  /** For facts of this relation, which may be one that is only worked out now. */
  explaining(relation: string): Explaining {
    const { engine, shapes, answers } = this.#parts
    engine.machine.budget.restart()
    if (answers.isAsked(relation)) {
      const whole = answers.materialise()
      return { engine: whole, shapes, instances: new Instances(whole) }
    }
    if (this.#instances?.version !== engine.version) this.#instances = new Instances(engine)
    return { engine, shapes, instances: this.#instances }
  }
}
