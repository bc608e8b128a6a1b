import { bindAll } from './bindings.ts'
import type { Problem } from './errors.ts'
import { formatAtom, formatLiteral } from './format-clause.ts'
import type { Aggregate, Atom, Expression, Literal, Span, Variable } from './syntax.ts'
import { allVariablesOf, groupsOf, insideVariables, outsideOf, variablesOf } from './variables.ts'

/** A place where a variable needs a value. */
interface Need {
  readonly variable: Variable
  /** Only asked for when it is told of. */
  readonly place: () => string
  readonly kind: 'head' | 'not' | 'comparison' | 'group' | 'term'
  /** A literal that would give it one. */
  readonly cure?: () => string | undefined
}

interface Part {
  readonly body: readonly Literal[]
  readonly bound: ReadonlySet<string>
  /** `a rule of p` or `the question`. */
  readonly where: string
}

/** Variables without a value where they need one; one problem for each variable of a rule. */
export function checkSafety(head: Atom | undefined, body: readonly Literal[]): readonly Problem[] {
  if (head && body.length === 0) return checkFact(head)
  const where = head ? `a rule of ${head.relation}` : 'the question'
  const headTerms = head?.terms ?? []
  const groups = groupsOf(headTerms, body)
  // A result is not missed as well when it is its group that has no value.
  const bound = bindAll(body, { given: [], groups: new Map() })
  const boundForGroups = bindAll(body, { given: [], groups })
  const needs: Need[] = []
  if (head)
    needs.push(
      ...needsOf(headTerms, { place: () => `in the head of ${head.relation}`, kind: 'head' }),
    )
  const problems: Problem[] = []
  for (const literal of body) {
    if (literal.kind !== 'aggregate') {
      needs.push(...literalNeeds(literal))
      continue
    }
    const group = groups.get(literal) ?? new Set<string>()
    needs.push(
      ...groupNeeds(literal, group).filter(({ variable }) => !boundForGroups.has(variable.name)),
    )
    problems.push(...checkInside(literal, { group, where }))
  }
  return [...describe(needs, { body, bound, where }), ...problems]
}

function checkFact(head: Atom): readonly Problem[] {
  const seen = new Set<string>()
  return allVariablesOf(head.terms).flatMap(({ name, span }) => {
    if (seen.has(name)) return []
    seen.add(name)
    const message = `${name} in the fact ${formatAtom(head)} has no value.`
    const hint =
      name === '_'
        ? 'Write a value in its place.'
        : `A fact has values only; a small letter or quotes would make ${name} text.`
    return [{ code: 'unsafe', message, hint, span }]
  })
}

function needsOf(expressions: readonly Expression[], about: Omit<Need, 'variable'>): Need[] {
  return allVariablesOf(expressions).map((variable) => ({ variable, ...about }))
}

function literalNeeds(literal: Literal): Need[] {
  if (literal.kind === 'not') {
    const place = () => `under ${formatLiteral(literal)}`
    return variablesOf(literal.atom.terms).map((variable) => ({ variable, place, kind: 'not' }))
  }
  if (literal.kind !== 'comparison') return []
  return needsOf(outsideOf(literal), {
    place: () => `in ${formatLiteral(literal)}`,
    kind: 'comparison',
  })
}

function groupNeeds(aggregate: Aggregate, group: ReadonlySet<string>): Need[] {
  const own = resultName(aggregate)
  const place = () => `outside the braces of ${formatLiteral(aggregate)}, whose group it is`
  return insideVariables(aggregate)
    .filter(({ name }) => group.has(name) && name !== own)
    .map((variable) => ({
      variable,
      place,
      kind: 'group',
      cure: () => findCure(aggregate, variable),
    }))
}

/** The atom between the braces that has the variable, with `_` for what is local. */
function findCure({ body }: Aggregate, { name }: Variable): string | undefined {
  for (const literal of body) {
    if (
      literal.kind !== 'atom' ||
      !variablesOf(literal.atom.terms).some((one) => one.name === name)
    )
      continue
    const terms = literal.atom.terms.map((term) =>
      term.kind === 'variable' && term.name !== name ? { ...term, name: '_' } : term,
    )
    return formatAtom({ ...literal.atom, terms })
  }
  return undefined
}

function resultName({ result }: Aggregate): string | undefined {
  return result.kind === 'variable' ? result.name : undefined
}

interface Inside {
  readonly group: ReadonlySet<string>
  readonly where: string
}

function checkInside(aggregate: Aggregate, { group, where }: Inside): readonly Problem[] {
  const { body, terms } = aggregate
  const own = resultName(aggregate)
  const twice = insideVariables(aggregate).find(({ name }) => name === own)
  const problems: Problem[] = []
  if (twice) {
    const message = `${own} is the result of ${formatLiteral(aggregate)} and stands between its braces, in ${where}.`
    const hint = `Use another variable than ${own} between the braces.`
    problems.push({ code: 'unsafe', message, hint, span: twice.span })
  }
  const given = own === undefined ? group : [...group, own]
  const bound = bindAll(body, { given, groups: new Map() })
  const needs = [
    ...needsOf(terms, {
      place: () => `before the colon of ${formatLiteral(aggregate)}`,
      kind: 'term',
    }),
    ...body.flatMap(literalNeeds),
  ]
  return [...problems, ...describe(needs, { body, bound, where })]
}

function describe(needs: readonly Need[], { body, bound, where }: Part): Problem[] {
  const unbound = new Map<string, Need[]>()
  for (const need of needs) {
    const { kind, variable } = need
    const { name } = variable
    if (bound.has(name) && kind !== 'group') continue
    const known = unbound.get(name)
    if (known) known.push(need)
    else unbound.set(name, [need])
  }
  if (unbound.size === 0) return []
  const elsewhere = namesBesideNot(body)
  return [...unbound].map(([name, found]) => {
    const first = found.find(({ kind }) => kind !== 'group') ?? found[0]!
    const places = new Set(found.slice(0, 3).map(({ place }) => place()))
    const onlyNot = found.every(({ kind }) => kind === 'not') && !elsewhere.has(name)
    const inRule = found.some(({ kind }) => kind === 'head') ? '' : ` in ${where}`
    const shown = [...places].join(' and ')
    const message = onlyNot
      ? `${name} occurs only ${shown}${inRule}.`
      : `${name} has no value ${shown}${inRule}.`
    return { code: 'unsafe', message, hint: hintFor(name, found), span: spanOf(first) }
  })
}

function spanOf({ variable }: Need): Span {
  return variable.span
}

function namesBesideNot(body: readonly Literal[]): ReadonlySet<string> {
  const literals = body.filter(({ kind }) => kind !== 'not')
  return new Set(literals.flatMap((one) => variablesOf(outsideOf(one)).map(({ name }) => name)))
}

function hintFor(name: string, needs: readonly Need[]): string {
  if (name === '_') return 'Use a named variable that a literal of the body gives a value.'
  const cure = needs.find(({ cure }) => cure)?.cure?.()
  if (cure) return `Add a literal such as ${cure} outside the braces.`
  const add = `Add a literal without not that gives ${name} a value`
  return needs.every(({ kind }) => kind === 'not') ? `${add}, or write _ for any value.` : `${add}.`
}
