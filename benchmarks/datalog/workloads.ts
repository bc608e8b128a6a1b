import { createBlog, randomPost, randomType, randomTypeEdge, typeCount } from './blog.ts'
import { keyOf, type Pair, type Pairs } from './graphs.ts'
import { createProgram, type ProgramName } from './programs.ts'
import { createRandom, type Random, shuffle } from './random.ts'
import { seeds } from './seeds.ts'

/** One write, and what is asked after it. */
export interface Update {
  readonly isInsert: boolean
  readonly relation: string
  readonly row: Pair
  /** Is this a row of the program's goal? */
  readonly asked: Pair
  /** Of how many posts is this a type, more often a general one? Closures are not asked. */
  readonly viewed: number
}

/** `steps` inserts, then as many retracts. */
export function createUpdates(name: ProgramName, steps: number): readonly Update[] {
  if (name === 'blog') return blogUpdates(10_000, steps)
  if (name === 'large-blog') return blogUpdates(100_000, steps)
  return closureUpdates(name, steps)
}

/** Nine writes of a post's type, then one of an edge between types; the retracts take the same away. */
function blogUpdates(posts: number, steps: number): readonly Update[] {
  const random = createRandom(seeds.blogUpdates)
  const { isA, subOf } = createBlog(posts)
  const known = { is_a: new Set(isA.map(keyOf)), sub_of: new Set(subOf.map(keyOf)) }
  const post = () => randomPost(random, posts)
  const type = () => random.below(typeCount)
  const inserts = Array.from({ length: steps }, (_, step): Update => {
    const relation = step % 10 === 9 ? 'sub_of' : 'is_a'
    const draw =
      relation === 'sub_of'
        ? () => randomTypeEdge(random)
        : (): Pair => [post(), randomType(random)]
    const row = newPair(known[relation], draw)
    const asked: Pair = [relation === 'is_a' ? row[0] : post(), type()]
    return { isInsert: true, relation, row, asked, viewed: randomType(random) }
  })
  const retracts = shuffle(random, inserts).map((update): Update => {
    const asked: Pair = [update.relation === 'is_a' ? update.row[0] : post(), type()]
    return { ...update, isInsert: false, asked, viewed: randomType(random) }
  })
  return [...inserts, ...retracts]
}

/** New edges, then any edges away; the DAG stays one. */
function closureUpdates(name: ProgramName, steps: number): readonly Update[] {
  const random = createRandom(seeds.closureUpdates)
  const edges = createProgram(name).facts['edge']!
  const nodes = 1 + Math.max(...edges.flat())
  const known = new Set(edges.map(keyOf))
  const inserted = Array.from({ length: steps }, () =>
    newPair(known, () => randomEdge(random, { nodes, isAcyclic: name === 'dag' })),
  )
  const retracted = shuffle(random, [...edges, ...inserted]).slice(0, steps)
  const update = (isInsert: boolean, row: Pair, step: number): Update => {
    // Random nodes seldom reach each other in the DAG; a way along known edges mostly holds.
    const isWay = step % 2 === 1
    const asked = isWay
      ? randomWay(random, edges)
      : ([random.below(nodes), random.below(nodes)] as const)
    return { isInsert, relation: 'edge', row, asked, viewed: 0 }
  }
  return [
    ...inserted.map((row, step) => update(true, row, step)),
    ...retracted.map((row, step) => update(false, row, step)),
  ]
}

function randomWay(random: Random, edges: Pairs): Pair {
  const [from, next] = edges[random.below(edges.length)]!
  let to = next
  for (let length = random.below(5); length > 0; length -= 1) {
    const onward = edges.filter((edge) => edge[0] === to)
    if (onward.length > 0) to = onward[random.below(onward.length)]![1]
  }
  return [from, to]
}

function randomEdge(
  random: Random,
  { nodes, isAcyclic }: { readonly nodes: number; readonly isAcyclic: boolean },
): Pair | undefined {
  const from = random.below(nodes)
  const to = random.below(nodes)
  return from < to || (from > to && !isAcyclic) ? [from, to] : undefined
}

function newPair(known: Set<number>, draw: () => Pair | undefined): Pair {
  for (;;) {
    const pair = draw()
    if (!pair || known.has(keyOf(pair))) continue
    known.add(keyOf(pair))
    return pair
  }
}
