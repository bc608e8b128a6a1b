import type { HashIndex } from '../store/hash-index.ts'
import { mixText } from '../store/hash.ts'
import type { Relation } from '../store/relation.ts'
import type { Machine } from './machine.ts'
import type { RuleExpression, RuleFunction } from './rule.ts'
import type { RunPlan } from './steps.ts'

/** What generated code works on, under the names it uses. */
interface Environment {
  readonly M: Machine
  readonly R: readonly Relation[]
  readonly I: readonly HashIndex[]
  readonly T: readonly string[]
  readonly F: readonly RuleFunction[]
  readonly H: Relation
}

/** The text of one function while it is put together, with what it names by numbers. */
export class GeneratedCode {
  readonly relations: Relation[] = []
  readonly indexes: HashIndex[] = []
  readonly functions: RuleFunction[] = []
  /** What must be read again when the head's arrays have been replaced by larger ones. */
  renewal = ''
  /** What is done after the loops. */
  end = ''
  readonly #texts: string[] = []
  readonly #head: Relation
  readonly #lines: string[] = []
  readonly #start: string[] = []
  #closing = ''

  constructor(head: Relation) {
    this.#head = head
  }

  /** What is done before the loops. */
  begin(declaration: string): void {
    this.#start.push(declaration)
  }

  line(statement: string): void {
    this.#lines.push(statement)
  }

  /** Everything that comes later is inside. */
  open(block: string): void {
    this.#lines.push(block)
    this.#closing += '}'
  }

  /** Only the head gets rows while the plan runs, so that only its arrays may be replaced. */
  hoist(relation: Relation, expression: string, name: string): string {
    const declaration = `let ${name}=${expression};`
    if (this.#start.includes(declaration)) return name
    this.#start.push(declaration)
    if (relation === this.#head) this.renewal += `${name}=${expression};`
    return name
  }

  value(expression: RuleExpression): string {
    if (expression.kind === 'variable') return `v${expression.variable}`
    if (expression.kind === 'constant') return String(expression.code)
    if (expression.kind === 'any') throw new Error('a wildcard has no value')
    const text = this.#texts.push(expression.text) - 1
    const sides = `[${this.value(expression.left)},${this.value(expression.right)}]`
    return `M.calculate('${expression.operator}',${sides},T[${text}])`
  }

  compile(machine: Machine): RunPlan {
    // oxlint-disable-next-line typescript/no-implied-eval -- the text is made of numbers and of names from here
    const make = new Function('E', this.#toText()) as (environment: Environment) => RunPlan
    return make({
      M: machine,
      R: this.relations,
      I: this.indexes,
      T: this.#texts,
      F: this.functions,
      H: this.#head,
    })
  }

  #toText(): string {
    return (
      `'use strict';const {M,R,I,T,F,H}=E,B=M.budget,k=M.output.ranks,O=M.output.forArity(H.arity);${mixText}` +
      `return (rows,n,A)=>{let f=B.fired,a=B.allowed;${this.#start.join('')}\n` +
      `${this.#lines.join('\n')}${this.#closing}\nB.fired=f;${this.end}return 0}`
    )
  }
}
