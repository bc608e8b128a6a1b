import type { HashIndex } from '../store/hash-index.ts'
import { hashSeed, mixText } from '../store/hash.ts'
import { strideOf } from '../store/key-table.ts'
import type { Relation } from '../store/relation.ts'
import type { Machine } from './machine.ts'
import { outputSize } from './output.ts'
import type { RuleExpression, RuleFunction, RuleTerm } from './rule.ts'
import type { Plan, RowStep, Step } from './steps.ts'

/**
 * Runs a plan over the first `count` of the rows (a plan without given rows ignores them). `argument` is the
 * sign for `count`, and for `support` the rank that all premises must be below; there the answer is the rank
 * found, or 0.
 */
export type RunPlan = (rows: Int32Array, count: number, argument: number) => number

/** What generated code works on, under the names it uses. */
interface Environment {
  readonly M: Machine
  readonly R: readonly Relation[]
  readonly I: readonly HashIndex[]
  readonly T: readonly string[]
  readonly F: readonly RuleFunction[]
  readonly H: Relation
}

/** Text for the JavaScript engine: nested loops with everything they need in local variables. */
export function generatePlan(plan: Plan, machine: Machine): RunPlan {
  const writer = new Writer(plan)
  const body = writer.write()
  // oxlint-disable-next-line typescript/no-implied-eval -- the text is made of numbers and of names from here
  const make = new Function('E', body) as (environment: Environment) => RunPlan
  const { relations, indexes, texts, functions } = writer
  return make({ M: machine, R: relations, I: indexes, T: texts, F: functions, H: plan.rule.head })
}

class Writer {
  readonly relations: Relation[] = []
  readonly indexes: HashIndex[] = []
  readonly texts: string[] = []
  readonly functions: RuleFunction[] = []
  readonly #plan: Plan
  readonly #lines: string[] = []
  readonly #start: string[] = []
  #closing = ''
  #end = ''
  /** What must be read again when the head's arrays have been replaced by larger ones. */
  #renewal = ''
  /** The rank of what has been found so far. */
  #rank = '0'

  constructor(plan: Plan) {
    this.#plan = plan
  }

  write(): string {
    this.#plan.steps.forEach((step, depth) => this.#step(step, depth))
    this.#emit()
    return (
      `'use strict';const {M,R,I,T,F,H}=E,B=M.budget,k=M.output.ranks,O=M.output.forArity(H.arity);${mixText}` +
      `return (rows,n,A)=>{let f=B.fired,a=B.allowed;${this.#start.join('')}\n` +
      `${this.#lines.join('\n')}${this.#closing}\nB.fired=f;${this.#end}return 0}`
    )
  }

  #open(loop: string): void {
    this.#lines.push(loop)
    this.#closing += '}'
  }

  #step(step: Step, depth: number): void {
    if (step.kind === 'compare') {
      const [left, right] = [this.#value(step.left), this.#value(step.right)]
      const test = { '=': '===', '!=': '!==' }[step.operator as string]
      this.#open(
        test ? `if(${left}${test}${right}){` : `if(M.compare(${left},${right})${step.operator}0){`,
      )
      return
    }
    if (step.kind === 'assign') {
      this.#open(`{const v${step.variable}=${this.#value(step.expression)};`)
      return
    }
    if (step.kind === 'call') this.#call(step, depth)
    else this.#rowStep(step, depth)
  }

  #call({ called, variable }: Extract<Step, { kind: 'call' }>, depth: number): void {
    const place = this.functions.push(called) - 1
    const inputs = called.inputs.map((input) => this.#value(input))
    const name = variable === undefined ? `f${depth}` : `v${variable}`
    this.#lines.push(`{const ${name}=F[${place}].compute(M,[${inputs.join()}]);`)
    this.#closing += '}'
    const test = variable === undefined ? `===${this.#value(called.result)}` : '!==undefined'
    this.#open(`if(${name}${test}){`)
  }

  #rowStep(step: RowStep, depth: number): void {
    const r = `r${depth}`
    const R = `R${depth}`
    this.#start.push(`const ${R}=R[${this.relations.push(step.relation) - 1}];`)
    const hoist = (member: string, name: string) =>
      this.#hoist(step.relation, `${R}.${member}`, `${R}${name}`)
    const state = hoist('state', 's')
    if (step.kind === 'rows') this.#open(`for(let i=0;i<n;i++){const ${r}=rows[i];`)
    if (step.kind === 'scan') this.#open(`${this.#tick()}for(let ${r}=0;${r}<${R}.used;${r}++){`)
    if (step.kind === 'probe') {
      const I = `I${depth}`
      this.#start.push(`const ${I}=I[${this.indexes.push(step.relation.indexOn(step.index)) - 1}];`)
      const next = this.#hoist(step.relation, `${I}.next`, `${I}n`)
      const keys = step.keys.map((key) => this.#value(key))
      const first =
        keys.length === 1
          ? `${I}.first1(${keys[0]})`
          : `(${keys.map((key, place) => `${I}.key[${place}]=${key}`).join()},${I}.first())`
      this.#open(`${this.#tick()}for(let ${r}=${first};${r}>=0;${r}=${next}[${r}]){`)
    }
    if (step.kind === 'lookup' || step.kind === 'absent') {
      this.#find({
        relation: step.relation,
        name: R,
        row: r,
        keys: step.keys.map((key) => this.#value(key)),
      })
      const isThere = `${r}>=0&&(${state}[${r}]&${step.mask})!==0`
      this.#open(step.kind === 'lookup' ? `if(${isThere}){` : `if(!(${isThere})){`)
    } else if (step.kind !== 'rows')
      this.#lines.push(`if((${state}[${r}]&${step.mask})===0)continue;`)
    for (const { place, binds, term } of step.columns) {
      const value = `${hoist(`columns[${place}]`, `c${place}`)}[${r}]`
      if (!binds) this.#lines.push(`if(${value}!==${this.#value(term)})continue;`)
      else if (term.kind === 'variable') this.#lines.push(`const v${term.variable}=${value};`)
    }
    if (step.isRanked) this.#rankStep(depth)
  }

  #rankStep(depth: number): void {
    const k = `k${depth}`
    this.#lines.push(`const ${k}=R${depth}.support[r${depth}];`)
    if (this.#plan.outcome === 'support') this.#open(`if(${k}<A){`)
    if (this.#rank === '0') this.#rank = k
    else {
      this.#lines.push(`const m${depth}=${k}>${this.#rank}?${k}:${this.#rank};`)
      this.#rank = `m${depth}`
    }
  }

  #emit(): void {
    const { outcome, rule, ruleNumber } = this.#plan
    this.#lines.push(`if(++f>a){B.fired=f;B.renew(${ruleNumber});a=B.allowed}`)
    if (outcome === 'support') {
      this.#lines.push(`B.fired=f;return ${this.#rank}+1;`)
      return
    }
    const keys = rule.terms.map((term) => this.#value(term))
    if (outcome === 'examine') {
      this.#find({ relation: rule.head, name: 'H', row: 'h', keys })
      this.#lines.push(`if(h>=0)M.examine(H,h,${this.#rank === '0' ? '-1' : this.#rank});`)
      return
    }
    keys.forEach((key, place) => {
      this.#start.push(`const o${place}=O[${place}];`)
      this.#lines.push(`o${place}[j]=${key};`)
    })
    if (outcome === 'derive') this.#lines.push(`k[j]=${this.#rank}+1;`)
    const put = outcome === 'derive' ? 'M.deriveAll(H,j)' : 'M.countAll(H,j,A)'
    this.#start.push('let j=0;')
    this.#lines.push(`if(++j===${outputSize}){${put};j=0;${this.#renewal}}`)
    this.#end = `if(j>0)${put};`
  }

  /** Declares `row`: that of the relation which holds the keys, or -1. */
  #find({ relation, name, row, keys }: Finding): void {
    if (keys.length === 2) {
      this.#lines.push(`const ${row}=${name}.table.findPair(${keys.join()});`)
      return
    }
    const hash = keys.reduce((sum, key) => `mix(${sum},${key})`, String(hashSeed))
    const stride = strideOf(keys.length)
    const [h, p] = [`${row}h`, `${row}p`]
    const hoist = (member: string, short: string) =>
      this.#hoist(relation, `${name}.${member}`, `${name}${short}`)
    const t = hoist('table.slots', 't')
    const agrees = keys.map((key, place) =>
      place + 1 < stride
        ? `${t}[${p}+${place + 1}]===${key}`
        : `${hoist(`columns[${place}]`, `c${place}`)}[${row}]===${key}`,
    )
    const lines = [
      `const ${h}=${hash};let ${p}=(${h}&${hoist('table.mask', 'q')})*${stride},${row};`,
      `for(;;){${row}=${t}[${p}]-1;if(${row}<0||(${agrees.join('&&') || 'true'}))break;`,
      `${p}+=${stride};if(${p}===${t}.length)${p}=0}`,
    ]
    this.#lines.push(lines.join(''))
  }

  /** Only the head gets rows while the plan runs, so that only its arrays may be replaced. */
  #hoist(relation: Relation, expression: string, name: string): string {
    const declaration = `let ${name}=${expression};`
    if (this.#start.includes(declaration)) return name
    this.#start.push(declaration)
    if (relation === this.#plan.rule.head) this.#renewal += `${name}=${expression};`
    return name
  }

  #tick(): string {
    return `if(++B.ticks>256)B.checkTime(${this.#plan.ruleNumber});`
  }

  #value(expression: RuleExpression | RuleTerm): string {
    if (expression.kind === 'variable') return `v${expression.variable}`
    if (expression.kind === 'constant') return String(expression.code)
    if (expression.kind === 'any') throw new Error('a wildcard has no value')
    const text = this.texts.push(expression.text) - 1
    const sides = `[${this.#value(expression.left)},${this.#value(expression.right)}]`
    return `M.calculate('${expression.operator}',${sides},T[${text}])`
  }
}

interface Finding {
  readonly relation: Relation
  /** What the code calls it. */
  readonly name: string
  readonly row: string
  readonly keys: readonly string[]
}
