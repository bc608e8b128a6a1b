import { createBlog } from './blog.ts'
import { binaryTree, chain, acyclicGraph, grid, type Pairs, randomGraph } from './graphs.ts'
import { createRandom } from './random.ts'
import { seeds } from './seeds.ts'

export const programNames = ['chain', 'random', 'grid', 'generation', 'blog'] as const
export type ProgramName = (typeof programNames)[number] | 'large-blog' | 'dag' | 'cyclic'

export type ProgramKind = 'closure' | 'generation' | 'blog'

export interface Program {
  readonly name: ProgramName
  readonly kind: ProgramKind
  readonly facts: Readonly<Record<string, Pairs>>
  /** As ours, Prolog and clingo all read it. */
  readonly rules: string
  /** The relation whose rows are counted. */
  readonly goal: string
}

const kinds = {
  closure: {
    goal: 'path',
    rules: ['path(X, Y) :- edge(X, Y).', 'path(X, Z) :- path(X, Y), edge(Y, Z).'],
  },
  generation: {
    goal: 'sg',
    rules: [
      'sg(X, Y) :- parent(P, X), parent(P, Y).',
      'sg(X, Y) :- sg(P, Q), parent(P, X), parent(Q, Y).',
    ],
  },
  blog: {
    goal: 'inst',
    rules: [
      'sub(X, Y) :- sub_of(X, Y).',
      'sub(X, Z) :- sub(X, Y), sub_of(Y, Z).',
      'inst(P, T) :- is_a(P, T).',
      'inst(P, T) :- is_a(P, S), sub(S, T).',
    ],
  },
} as const

type Size = 'full' | 'small'

/** `small` is for a comparison of all rows; the rows and their order are the same on every call. */
export function createProgram(name: ProgramName, size: Size = 'full'): Program {
  const kind = kindOf(name)
  const { goal, rules } = kinds[kind]
  return { name, kind, goal, rules: rules.join('\n'), facts: factsOf(name, size === 'small') }
}

function kindOf(name: ProgramName): ProgramKind {
  if (name === 'blog' || name === 'large-blog') return 'blog'
  return name === 'generation' ? name : 'closure'
}

function factsOf(name: ProgramName, isSmall: boolean): Readonly<Record<string, Pairs>> {
  switch (name) {
    case 'chain':
      return { edge: chain(isSmall ? 20 : 1000) }
    case 'random': {
      const size = isSmall ? { nodes: 16, edges: 30 } : { nodes: 1000, edges: 3000 }
      return { edge: randomGraph(createRandom(seeds.random), size) }
    }
    case 'grid':
      return { edge: grid(isSmall ? 5 : 30) }
    case 'generation':
      return { parent: binaryTree(isSmall ? 4 : 9) }
    case 'blog':
      return blogFacts(isSmall ? 40 : 10_000)
    case 'large-blog':
      return blogFacts(100_000)
    case 'dag':
      return { edge: acyclicGraph(createRandom(seeds.dag), { nodes: 2000, edges: 2400 }) }
    case 'cyclic':
      return { edge: randomGraph(createRandom(seeds.cyclic), { nodes: 600, edges: 900 }) }
  }
}

function blogFacts(posts: number): Readonly<Record<string, Pairs>> {
  const { isA, subOf } = createBlog(posts)
  return { is_a: isA, sub_of: subOf }
}
