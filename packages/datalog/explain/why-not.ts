import type { AnyRow, FailedRule, WhyNot } from '../contract.ts'
import type { Engine } from '../evaluate/engine.ts'
import { formatValue } from '../language/format.ts'
import type { Value } from '../language/syntax.ts'
import { searchPlan } from '../plan/interpret.ts'
import { orderBody } from '../plan/order.ts'
import type { Rule, RuleExpression, RuleTerm } from '../plan/rule.ts'
import type { Step } from '../plan/steps.ts'
import { Relation } from '../store/relation.ts'
import { isNew } from '../store/state.ts'
import { describeLiteral } from './literal-text.ts'

/** For each rule that could give the fact, how far the best attempt got. */
export function explainAbsence(
  engine: Engine,
  name: string,
  { values, row }: { values: readonly Value[]; row: AnyRow },
): WhyNot {
  const relation = engine.findRelation(name)
  const holds = relation !== undefined && engine.findRow(relation, values) >= 0
  const rules = engine.normaliser.rules.filter(({ head }) => head.name === name)
  const failures = new Map<string, Failed>()
  if (!holds)
    for (const rule of rules) {
      const failed = failureOf(engine, rule, values)
      // A rule with aggregates stands for several; the one that got furthest tells most.
      if (failed && failed.depth > (failures.get(rule.text)?.depth ?? -1))
        failures.set(rule.text, failed)
    }
  return { relation: name, row, holds, rules: [...failures.values()].map(({ failure }) => failure) }
}

interface Failed {
  readonly failure: FailedRule
  readonly depth: number
}

/** The deepest step that any attempt reached and none got past. */
function failureOf(engine: Engine, rule: Rule, values: readonly Value[]): Failed | undefined {
  // A row of its own stands for the head, so that nothing of the relation is touched.
  const head = new Relation(rule.head.name, values.length, true)
  values.forEach((value, place) => (head.key[place] = engine.values.encode(value)))
  const row = head.put()
  head.state[row] = isNew
  const question: Rule = { ...rule, head }
  const steps = orderBody({ rule: question, given: -1 })
  for (let depth = steps.length - 1; depth >= 0; depth -= 1) {
    let codes: Int32Array | undefined
    const reached = steps.slice(0, depth)
    const search = searchPlan(
      { rule: question, steps: reached, ruleNumber: 0 },
      engine.machine,
      (bindings) => {
        codes = bindings.codes.slice()
        return true
      },
    )
    if (depth > 0 && (!search(Int32Array.of(row)) || !codes)) continue
    const failure = describeFailure(engine, rule, {
      step: steps[depth] as Step,
      codes: codes ?? new Int32Array(0),
      reached,
      values,
    })
    return { failure, depth }
  }
  return undefined
}

interface Failure {
  readonly step: Step
  readonly codes: Int32Array
  readonly reached: readonly Step[]
  readonly values: readonly Value[]
}

function describeFailure(
  engine: Engine,
  rule: Rule,
  { step, codes, reached, values }: Failure,
): FailedRule {
  const known = knownVariables(reached)
  const bindings: Record<string, Value> = {}
  for (const variable of known) {
    const variableName = rule.variables[variable]
    if (variableName !== undefined)
      bindings[variableName] = engine.values.decode(codes[variable] as number)
  }
  const show = (isInstance: boolean) => (expression: RuleExpression) =>
    showExpression(engine, expression, { rule, bindings: isInstance ? bindings : {} })
  const literal = rule.body[step.literal]
  if (!literal) {
    const asked = `${rule.head.name}(${values.map(formatValue).join(', ')})`
    return { rule: rule.text, literal: `the head of ${rule.head.name}`, instance: asked, bindings }
  }
  return {
    rule: rule.text,
    literal: describeLiteral(literal, show(false)),
    instance: describeLiteral(literal, show(true)),
    bindings,
  }
}

function knownVariables(steps: readonly Step[]): Set<number> {
  const known = new Set<number>()
  for (const step of steps) {
    if (step.kind === 'assign') known.add(step.variable)
    else if (step.kind === 'call') {
      if (step.variable !== undefined) known.add(step.variable)
    } else if ('columns' in step)
      for (const { binds, term } of step.columns)
        if (binds && term.kind === 'variable') known.add(term.variable)
  }
  return known
}

function showExpression(
  engine: Engine,
  expression: RuleExpression | RuleTerm,
  { rule, bindings }: { rule: Rule; bindings: Readonly<Record<string, Value>> },
): string {
  if (expression.kind === 'any') return '_'
  if (expression.kind === 'constant') return formatValue(engine.values.decode(expression.code))
  if (expression.kind === 'variable') {
    const name = rule.variables[expression.variable] ?? '_'
    const value = bindings[name]
    return value === undefined ? name : formatValue(value)
  }
  const [left, right] = [expression.left, expression.right].map((side) =>
    showExpression(engine, side, { rule, bindings }),
  )
  return `${left} ${expression.operator} ${right}`
}
