import type { Row } from './naive-values.ts'
import { randomRule } from './random-rule.ts'
import { type Kind, printFact, randomRow, type Shape } from './random-shapes.ts'
import { randomUpdates, type Update } from './random-updates.ts'
import { createRandom, type Random } from './random.ts'

export interface RandomProgram {
  readonly facts: readonly string[]
  readonly rules: readonly string[]
  readonly shapes: readonly Shape[]
  readonly updates: readonly Update[]
}

/**
 * A stratified and safe program, and what happens to its facts; the same for the same seed. Domains
 * are small, so that facts collide and supports come and go.
 */
export function randomProgram(seed: number, updates: number): RandomProgram {
  const random = createRandom(seed)
  const palette = random.pick(palettes)
  const base = baseShapes(random, palette)
  const derived: Shape[] = []
  const rules: string[] = []
  const wanted = 2 + random.below(6)
  while (derived.length < wanted) {
    const component = derivedShapes(random, { palette, known: derived.length })
    rules.push(...componentRules(random, component, [...base, ...derived]))
    derived.push(...component)
  }
  const shapes = [...base, ...derived]
  const facts = initialFacts(random, shapes)
  return {
    facts: facts.map(({ relation, row }) => `${printFact(relation, row)}.`),
    rules: shuffled(random, rules),
    shapes,
    updates: randomUpdates(random, { shapes, facts, count: updates }),
  }
}

export function programText({ facts, rules }: RandomProgram): string {
  return [...rules, ...facts].join('\n')
}

/** Few kinds of columns in one program, so that most joins find something. */
const palettes: readonly (readonly Kind[])[] = [
  ['number'],
  ['text'],
  ['any'],
  ['number', 'number', 'text'],
  ['number', 'any'],
  ['number', 'text', 'any'],
]

/** Whether a rule divides by a variable. */
export function mayFail({ rules }: RandomProgram): boolean {
  return rules.some((rule) => /(?:\/|mod) ?[A-Z]|(?:\/|mod)\(\w+, [A-Z]/.test(rule))
}

/**
 * Whether a rule calculates beside an aggregate. Which of the two comes first is left open, so a failure may be
 * met or not where the other would have let nothing through.
 */
export function mayFailOrNot({ rules }: RandomProgram): boolean {
  return rules.some(
    (rule) => /\{|(?:count|sum|min|max|findall)\(/.test(rule) && / [-+*/] |mod|[-+*/]\(/.test(rule),
  )
}

function baseShapes(random: Random, palette: readonly Kind[]): readonly Shape[] {
  const shape = (name: string, arities: readonly number[]): Shape => {
    const kinds = Array.from({ length: random.pick(arities) }, () => random.pick(palette))
    return { name, kinds, asserted: true }
  }
  const first = shape('b0', [1, 2, 2])
  const graph: Shape = { name: 'b1', kinds: Array(2).fill(random.pick(palette)), asserted: true }
  const others = Array.from({ length: random.below(4) }, (_, index) =>
    shape(`b${index + 2}`, [0, 1, 1, 2, 2, 3]),
  )
  return [first, graph, ...others]
}

function derivedShapes(
  random: Random,
  { palette, known }: { readonly palette: readonly Kind[]; readonly known: number },
): readonly Shape[] {
  const size = random.chance(0.3) ? 2 : 1
  const kinds = derivedKinds(random, palette)
  return Array.from({ length: size }, (_, index) => ({
    name: `d${known + index}`,
    // Relations that are defined by each other often have the same columns.
    kinds: random.chance(0.8) ? kinds : derivedKinds(random, palette),
    asserted: random.chance(0.3),
  })).map((shape) => (shape.kinds.includes('list') ? { ...shape, asserted: false } : shape))
}

function derivedKinds(random: Random, palette: readonly Kind[]): readonly Kind[] {
  const arity = random.pick([0, 1, 1, 1, 2, 2, 2, 2, 2, 3])
  const first = random.pick(palette)
  const kinds = Array.from({ length: arity }, () =>
    random.chance(0.6) ? first : random.pick(palette),
  )
  if (arity > 0 && random.chance(0.08)) kinds[arity - 1] = 'list'
  return kinds
}

function componentRules(
  random: Random,
  component: readonly Shape[],
  lower: readonly Shape[],
): readonly string[] {
  const recursive = component.length > 1 || random.chance(0.5)
  return component.flatMap((head) => {
    const plain = Array.from({ length: 1 + random.below(2) }, () =>
      randomRule(random, head, { lower, same: [] }),
    )
    if (!recursive) return plain
    const looping = Array.from({ length: 1 + random.below(2) }, () =>
      randomRule(random, head, { lower, same: component }),
    )
    return [...plain, ...looping]
  })
}

function initialFacts(
  random: Random,
  shapes: readonly Shape[],
): { readonly relation: string; readonly row: Row }[] {
  return shapes.flatMap((shape) => {
    if (!shape.asserted || random.chance(0.15)) return []
    const count = shape.kinds.length === 0 ? random.below(2) : 1 + random.below(9)
    const rows = Array.from({ length: count }, () => randomRow(random, shape))
    return rows.map((row) => ({ relation: shape.name, row }))
  })
}

function shuffled<Item>(random: Random, items: readonly Item[]): readonly Item[] {
  const left = [...items]
  return items.map(() => left.splice(random.below(left.length), 1)[0]!)
}
