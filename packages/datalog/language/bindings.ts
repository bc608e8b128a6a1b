import type { Aggregate, Expression, Literal } from './syntax.ts'
import { allVariablesOf, outsideOf, variablesOf } from './variables.ts'

/** Once all of `needs` have a value, all of `gives` have one. */
interface Binding {
  readonly needs: readonly string[]
  readonly gives: readonly string[]
}

export interface BindingContext {
  /** Have a value before. */
  readonly given: Iterable<string>
  /** An aggregate without one here is taken to have all it needs. */
  readonly groups: ReadonlyMap<Aggregate, ReadonlySet<string>>
}

/**
 * The variables to which a body gives a value, in whatever order its literals stand: atoms do, `X = E` does
 * when E has a value, an aggregate does when its group has one. The time taken is linear.
 */
export function bindAll(body: readonly Literal[], { given, groups }: BindingContext): Set<string> {
  const bindings = body.flatMap((literal) => bindingsOf(literal, groups))
  const waiting = new Map<string, number[]>()
  const missing = bindings.map(({ needs }, index) => {
    const distinct = new Set(needs)
    for (const name of distinct) {
      const list = waiting.get(name)
      if (list) list.push(index)
      else waiting.set(name, [index])
    }
    return distinct.size
  })
  const bound = new Set<string>()
  const open = [
    ...given,
    ...bindings.flatMap(({ needs, gives }) => (needs.length > 0 ? [] : gives)),
  ]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (bound.has(name)) continue
    bound.add(name)
    for (const index of waiting.get(name) ?? []) {
      missing[index]! -= 1
      if (missing[index] === 0) open.push(...bindings[index]!.gives)
    }
  }
  return bound
}

function bindingsOf(literal: Literal, groups: BindingContext['groups']): readonly Binding[] {
  switch (literal.kind) {
    case 'not':
      return []
    case 'atom':
      return [{ needs: [], gives: names(outsideOf(literal)) }]
    case 'aggregate':
      return [{ needs: [...(groups.get(literal) ?? [])], gives: names([literal.result]) }]
    case 'comparison': {
      const { operator, left, right } = literal
      return operator === '=' ? [...equals(left, right), ...equals(right, left)] : []
    }
  }
}

function equals(target: Expression, source: Expression): readonly Binding[] {
  // `X = _` gives X no value.
  if (target.kind !== 'variable' || allVariablesOf([source]).some(({ name }) => name === '_'))
    return []
  return [{ needs: names([source]), gives: names([target]) }]
}

function names(expressions: readonly Expression[]): string[] {
  return variablesOf(expressions).map(({ name }) => name)
}
