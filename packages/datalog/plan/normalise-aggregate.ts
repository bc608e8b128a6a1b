import { formatLiteral } from '../language/format.ts'
import type { Aggregate, BasicLiteral, Literal, Term } from '../language/syntax.ts'
import type { Relation } from '../store/relation.ts'
import {
  bindAll,
  hasArithmetic,
  isBinding,
  isCheckable,
  literalVariables,
  variablesOf,
} from './binding.ts'
import { createInlineAggregate } from './inline-aggregate.ts'
import type { RuleWriter } from './rule-writer.ts'
import type { Premise, RuleAtom, RuleLiteral, RuleTerm } from './rule.ts'
import type { Scope } from './scope.ts'

/** What stands around an aggregate. */
export interface AggregateParts {
  readonly head: string
  readonly terms: readonly Term[]
  readonly body: readonly Literal[]
  readonly scope: Scope
}

/**
 * What stands for an aggregate in its rule: an atom of its values and, for count, sum and collect, another
 * rule for groups that have none.
 */
export function expandAggregate(
  writer: RuleWriter,
  aggregate: Aggregate,
  parts: AggregateParts,
): RuleLiteral[][] {
  const { scope } = parts
  const text = formatLiteral(aggregate)
  const { terms, group } = findGroup(aggregate, parts)
  const groupTerms = group.map((name): Term => ({ kind: 'variable', name, span: aggregate.span }))
  const known = groupTerms.map((term) => scope.term(term))
  const result = scope.term(aggregate.result)
  const generators = findGenerators(writer, aggregate, { ...parts, group })
  if (!generators)
    return [
      [createInlineAggregate(writer, { aggregate, text, group, inputs: known, result, terms })],
    ]
  const tuples = writer.hidden('tuples', group.length + terms.length)
  const output = writer.hidden('values', group.length + 1)
  writer.addRule({
    head: tuples,
    terms: [...groupTerms, ...terms],
    body: [...generators, ...aggregate.body],
    text: () => text,
  })
  const { operator } = aggregate
  writer.aggregates.push({ operator, tuples, output, groupSize: group.length, text })
  const atom = (relation: Relation, terms: readonly RuleTerm[], premise: Premise): RuleAtom => ({
    kind: 'atom',
    relation,
    terms,
    premise,
    isNegated: false,
  })
  const premise = { kind: 'aggregate', text, group: known, tuples } as const
  const found = [atom(output, [...known, result], { ...premise, empty: undefined })]
  if (operator === 'min' || operator === 'max') return [found]
  const empty = operator === 'collect' ? [] : 0
  const columns = group.map((_, place) => place)
  const none = {
    ...atom(writer.projection(output, columns), known, { ...premise, empty }),
    isNegated: true,
  }
  const code = writer.constant(empty)
  return [
    found,
    [none, { kind: 'comparison', operator: '=', left: result, right: { kind: 'constant', code } }],
  ]
}

/**
 * The variables between the braces that stand outside them too, and the terms that tell tuples of one group
 * apart: a variable of the group does not, but the first term is also what is added up.
 */
function findGroup(
  aggregate: Aggregate,
  { terms, body }: AggregateParts,
): { group: readonly string[]; terms: readonly Term[] } {
  const outside = outsideOf(aggregate, { terms, body })
  const telling = aggregate.terms.filter(
    (term, place) =>
      (place === 0 && aggregate.operator !== 'count') ||
      term.kind === 'constant' ||
      !outside.has(term.name),
  )
  const inside = new Set([...variablesOf(telling), ...aggregate.body.flatMap(literalVariables)])
  return { group: [...inside].filter((name) => outside.has(name)), terms: telling }
}

/** Variables that stand outside an aggregate's braces; its own result is not one. */
function outsideOf(
  aggregate: Aggregate,
  { terms, body }: Pick<AggregateParts, 'terms' | 'body'>,
): Set<string> {
  const outside = new Set(variablesOf(terms))
  for (const literal of body) {
    if (literal === aggregate) continue
    const names =
      literal.kind === 'aggregate' ? variablesOf([literal.result]) : literalVariables(literal)
    for (const name of names) outside.add(name)
  }
  return outside
}

/**
 * When the literals between the braces do not give the group its values (`count{ P : p(P), P < X }`), those
 * outside must: a relation of what they bind it to, apart from the aggregate itself. Undefined when only the
 * recursion that the rule stands in can.
 */
function findGenerators(
  writer: RuleWriter,
  aggregate: Aggregate,
  { head: ruleHead, terms: headTerms, body, group }: AggregateParts & { group: readonly string[] },
): BasicLiteral[] | undefined {
  const bound = bindAll(aggregate.body)
  const needed = group.filter((name) => !bound.has(name))
  if (needed.length === 0) return []
  const isOwn = (literal: Literal) =>
    literal.kind === 'atom' && writer.isRecursive(literal.atom.relation, ruleHead)
  const outside = outsideOf(aggregate, { terms: [...headTerms, aggregate.result], body })
  const others = body.filter((literal) => literal !== aggregate && !isOwn(literal))
  const isGiven = (domain: readonly Literal[]) => {
    const given = bindAll(domain)
    return needed.every((name) => given.has(name))
  }
  const positive = others.filter(({ kind }) => kind !== 'not')
  const generators = chooseGenerators(positive, outside)
  const certain = chooseGenerators(
    positive.filter((literal) => !hasArithmetic(literal)),
    outside,
  )
  const isCertain = isGiven(certain)
  // Arithmetic may fail for what the rest of the rule would not have let through.
  if (!isCertain && (!isGiven(generators) || body.some(isOwn))) return undefined
  const domain = isCertain
    ? certain.filter((literal) => literal.kind !== 'comparison' || isBinding(literal, certain))
    : [...generators, ...others.filter(({ kind }) => kind === 'not')].filter((literal) =>
        isCheckable(literal, generators),
      )
  const { span } = aggregate
  const terms = needed.map((name): Term => ({ kind: 'variable', name, span }))
  const head = writer.hidden('group', needed.length)
  writer.addRule({ head, terms, body: domain, text: () => formatLiteral(aggregate) })
  return [{ kind: 'atom', atom: { relation: head.name, terms, span }, span }]
}

/** Leaves out other aggregates whose own groups the rest does not give their values. */
function chooseGenerators(
  literals: readonly Literal[],
  outside: ReadonlySet<string>,
): readonly Literal[] {
  const chosen = literals.filter(({ kind }) => kind !== 'aggregate')
  const left = new Set(literals.filter((literal) => literal.kind === 'aggregate'))
  for (let size = -1; size !== left.size;) {
    size = left.size
    const bound = bindAll(chosen)
    for (const literal of left) {
      const inside = [...variablesOf(literal.terms), ...literal.body.flatMap(literalVariables)]
      if (!inside.every((name) => bound.has(name) || !outside.has(name))) continue
      chosen.push(literal)
      left.delete(literal)
    }
  }
  return chosen
}
