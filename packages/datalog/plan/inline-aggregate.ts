import type { Aggregate, Term } from '../language/syntax.ts'
import { Relation } from '../store/relation.ts'
import { isNew } from '../store/state.ts'
import { foldCodes } from './fold.ts'
import { searchPlan } from './interpret.ts'
import type { Machine } from './machine.ts'
import { orderBody } from './order.ts'
import type { RuleWriter } from './rule-writer.ts'
import type { Rule, RuleFunction, RuleTerm } from './rule.ts'
import { Scope } from './scope.ts'

interface Inline {
  readonly aggregate: Aggregate
  readonly text: string
  /** Names of the group's variables, and what stands for them in the rule around. */
  readonly group: readonly string[]
  readonly inputs: readonly RuleTerm[]
  readonly result: RuleTerm
  readonly terms: readonly Term[]
}

/**
 * An aggregate whose group gets its values from the recursion it stands in. What it reads is known by then, so
 * it is worked out for each group that the recursion meets, and the recursion anew when that changes.
 */
export function createInlineAggregate(writer: RuleWriter, inline: Inline): RuleFunction {
  const { aggregate, text, group, inputs, result, terms } = inline
  const scope = new Scope((value) => writer.constant(value))
  const head = new Relation(text, group.length, true)
  const rule: Rule = {
    head,
    terms: group.map((name) => ({ kind: 'variable', variable: scope.variable(name) })),
    body: aggregate.body.map((literal) => writer.literal(literal, scope)),
    variables: scope.names,
    text,
  }
  const tuple = terms.map((term) => scope.term(term))
  const relations = rule.body.flatMap((literal) =>
    literal.kind === 'atom' ? [literal.relation] : [],
  )
  const gather = createGathering(rule, tuple)
  const { operator } = aggregate
  return {
    kind: 'function',
    inputs,
    result,
    relations,
    text,
    compute: (machine, codes) =>
      foldCodes({ operator, values: machine.values, text }, gather(machine, codes)),
    count: (machine, codes) => gather(machine, codes).length,
  }
}

/** The first term of each distinct tuple of a group. */
function createGathering(rule: Rule, tuple: readonly RuleTerm[]) {
  const { head } = rule
  const found = new Map<string, number>()
  let search: ((rows: Int32Array) => boolean) | undefined
  return (machine: Machine, codes: readonly number[]): number[] => {
    search ??= searchPlan(
      { rule, steps: orderBody({ rule, given: -1 }), ruleNumber: 0 },
      machine,
      (bindings) => {
        const values = tuple.map((term) =>
          term.kind === 'constant'
            ? term.code
            : term.kind === 'variable'
              ? (bindings.codes[term.variable] as number)
              : 0,
        )
        found.set(values.join(), values[0] ?? 0)
        return false
      },
    )
    found.clear()
    head.key.set(codes)
    const row = head.put()
    head.state[row] = isNew
    search(Int32Array.of(row))
    head.erase(row)
    return [...found.values()]
  }
}
