import { generateLookup } from './generate-lookup.ts'
import { GeneratedCode } from './generated-code.ts'
import type { Machine } from './machine.ts'
import { outputSize } from './output.ts'
import type { Plan, RowStep, RunPlan, Step } from './steps.ts'

/** Text for the JavaScript engine: nested loops with everything they need in local variables. */
export function generatePlan(plan: Plan, machine: Machine): RunPlan {
  return new Writer(plan).write().compile(machine)
}

class Writer {
  readonly #plan: Plan
  readonly #code: GeneratedCode
  /** The rank of what has been found so far. */
  #rank = '0'

  constructor(plan: Plan) {
    this.#plan = plan
    this.#code = new GeneratedCode(plan.rule.head)
  }

  write(): GeneratedCode {
    this.#plan.steps.forEach((step, depth) => this.#step(step, depth))
    this.#emit()
    return this.#code
  }

  #step(step: Step, depth: number): void {
    if (step.kind === 'compare') {
      const [left, right] = [this.#code.value(step.left), this.#code.value(step.right)]
      const test = { '=': '===', '!=': '!==' }[step.operator as string]
      this.#code.open(
        test ? `if(${left}${test}${right}){` : `if(M.compare(${left},${right})${step.operator}0){`,
      )
      return
    }
    if (step.kind === 'assign') {
      this.#code.open(`{const v${step.variable}=${this.#code.value(step.expression)};`)
      return
    }
    if (step.kind === 'call') this.#call(step, depth)
    else this.#rowStep(step, depth)
  }

  #call({ called, variable }: Extract<Step, { kind: 'call' }>, depth: number): void {
    const place = this.#code.functions.push(called) - 1
    const inputs = called.inputs.map((input) => this.#code.value(input))
    const name = variable === undefined ? `f${depth}` : `v${variable}`
    this.#code.open(`{const ${name}=F[${place}].compute(M,[${inputs.join()}]);`)
    const test = variable === undefined ? `===${this.#code.value(called.result)}` : '!==undefined'
    this.#code.open(`if(${name}${test}){`)
  }

  #rowStep(step: RowStep, depth: number): void {
    const code = this.#code
    const r = `r${depth}`
    const R = `R${depth}`
    code.begin(`const ${R}=R[${code.relations.push(step.relation) - 1}];`)
    const hoist = (member: string, name: string) =>
      code.hoist(step.relation, `${R}.${member}`, `${R}${name}`)
    const state = hoist('state', 's')
    if (step.kind === 'rows') code.open(`for(let i=0;i<n;i++){const ${r}=rows[i];`)
    if (step.kind === 'scan') code.open(`${this.#tick()}for(let ${r}=0;${r}<${R}.used;${r}++){`)
    if (step.kind === 'probe') {
      const I = `I${depth}`
      code.begin(`const ${I}=I[${code.indexes.push(step.relation.indexOn(step.index)) - 1}];`)
      const next = code.hoist(step.relation, `${I}.next`, `${I}n`)
      const keys = step.keys.map((key) => code.value(key))
      const first =
        keys.length === 1
          ? `${I}.first1(${keys[0]})`
          : `(${keys.map((key, place) => `${I}.key[${place}]=${key}`).join()},${I}.first())`
      code.open(`${this.#tick()}for(let ${r}=${first};${r}>=0;${r}=${next}[${r}]){`)
    }
    if (step.kind === 'lookup' || step.kind === 'absent') {
      generateLookup(code, {
        relation: step.relation,
        name: R,
        row: r,
        keys: step.keys.map((key) => code.value(key)),
      })
      const isThere = `${r}>=0&&(${state}[${r}]&${step.mask})!==0`
      code.open(step.kind === 'lookup' ? `if(${isThere}){` : `if(!(${isThere})){`)
    } else if (step.kind !== 'rows') code.line(`if((${state}[${r}]&${step.mask})===0)continue;`)
    for (const { place, binds, term } of step.columns) {
      const value = `${hoist(`columns[${place}]`, `c${place}`)}[${r}]`
      if (!binds) code.line(`if(${value}!==${code.value(term)})continue;`)
      else if (term.kind === 'variable') code.line(`const v${term.variable}=${value};`)
    }
    if (step.isRanked) this.#rankStep(depth)
  }

  #rankStep(depth: number): void {
    const k = `k${depth}`
    this.#code.line(`const ${k}=R${depth}.support[r${depth}];`)
    if (this.#plan.outcome === 'support') this.#code.open(`if(${k}<A){`)
    if (this.#rank === '0') this.#rank = k
    else {
      this.#code.line(`const m${depth}=${k}>${this.#rank}?${k}:${this.#rank};`)
      this.#rank = `m${depth}`
    }
  }

  #emit(): void {
    const { outcome, rule, ruleNumber } = this.#plan
    this.#code.line(`if(++f>a){B.fired=f;B.renew(${ruleNumber});a=B.allowed}`)
    if (outcome === 'support') {
      this.#code.line(`B.fired=f;return ${this.#rank}+1;`)
      return
    }
    const keys = rule.terms.map((term) => this.#code.value(term))
    if (outcome === 'examine') {
      generateLookup(this.#code, { relation: rule.head, name: 'H', row: 'h', keys })
      this.#code.line(`if(h>=0)M.examine(H,h,${this.#rank === '0' ? '-1' : this.#rank});`)
      return
    }
    keys.forEach((key, place) => {
      this.#code.begin(`const o${place}=O[${place}];`)
      this.#code.line(`o${place}[j]=${key};`)
    })
    if (outcome === 'derive') this.#code.line(`k[j]=${this.#rank}+1;`)
    const put = outcome === 'derive' ? 'M.deriveAll(H,j)' : 'M.countAll(H,j,A)'
    this.#code.begin('let j=0;')
    this.#code.line(`if(++j===${outputSize}){${put};j=0;${this.#code.renewal}}`)
    this.#code.end = `if(j>0)${put};`
  }

  #tick(): string {
    return `if(++B.ticks>256)B.checkTime(${this.#plan.ruleNumber});`
  }
}
