import { countEdges } from './content.ts'
import type { FilledDatabase } from './databases.ts'
import { type Figures, figuresOf } from './figures.ts'
import type { BareRound, Opened, Round, StoreName } from './protocol.ts'
import { saturate, type Side, startSide, writeMaps } from './side.ts'

export interface Measured extends Opened {
  readonly size: number
  readonly edges: number
  readonly changedRows: number
  /** Microseconds. */
  readonly series: Readonly<Record<keyof Round | 'bareAdd' | 'bareRemove', Figures>>
}

export interface StoreTask {
  readonly store: StoreName
  readonly sizes: readonly number[]
  readonly operations: number
  /** For PostgreSQL, by size. */
  readonly databases: ReadonlyMap<number, FilledDatabase>
}

const rounds = 10
/** Of the same graph: one may have been compiled, or lie in memory, better than another. */
const processes = { memory: 3, postgres: 1 } as const
const warmUpSeconds = { memory: 1, postgres: 2 } as const
const saturationLimitMilliseconds = 10_000

interface Graph {
  readonly size: number
  readonly sides: Side[]
  changedRows: number
  readonly all: Round
}

/** All sizes take turns, so that what else the machine does is no one size's alone. */
export async function measureStore(task: StoreTask): Promise<readonly Measured[]> {
  await using stack = new AsyncDisposableStack()
  const graphs: Graph[] = []
  for (const size of task.sizes) {
    const database = task.databases.get(size)
    const url = database && { url: database.url }
    const graph: Graph = { size, sides: [], changedRows: 0, all: createRound() }
    for (let count = 0; count < processes[task.store]; count += 1) {
      const side = stack.use(await startSide({ ask: 'open', size, ...url }))
      graph.changedRows = (await side.warmUp(warmUpSeconds[task.store])).changedRows
      graph.sides.push(side)
    }
    graphs.push(graph)
  }
  const perSide = Math.ceil(task.operations / processes[task.store])
  for (let round = 0; round < rounds; round += 1)
    for (const { sides, all } of graphs)
      for (const side of sides) append(all, await side.round(Math.ceil(perSide / rounds)))
  const measured: Measured[] = []
  for (const { size, sides, changedRows, all } of graphs) {
    const bare: BareRound = { add: [], remove: [] }
    for (const side of sides) append(bare, await side.bareRound(perSide))
    const opened = sides.map((side) => side.opened)
    const middle = (name: keyof Opened) => figuresOf(opened.map((each) => each[name])).median
    measured.push({
      size,
      edges: countEdges(size),
      changedRows,
      bootMilliseconds: middle('bootMilliseconds'),
      viewBytes: middle('viewBytes'),
      storeBytes: task.databases.get(size)?.diskBytes ?? middle('storeBytes'),
      series: figuresOfEach({ ...all, bareAdd: bare.add, bareRemove: bare.remove }),
    })
  }
  return measured
}

/** Milliseconds of a write of the seed's first design, by size: only where one does not take too long. */
export async function measureSaturations(
  sizes: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const found = new Map<number, number>()
  let perEdge = 0
  for (const size of sizes) {
    if (perEdge * size > saturationLimitMilliseconds) break
    const { median } = figuresOf(await saturate(size))
    found.set(size, median)
    perEdge = median / size
  }
  return found
}

/** Microseconds of an edge that is added to maps alone, by size. */
export async function measureMapWrites(
  sizes: readonly number[],
  operations: number,
): Promise<ReadonlyMap<number, number>> {
  const found = new Map<number, number>()
  for (const size of sizes)
    found.set(size, figuresOf((await writeMaps(size, operations)).add).median)
  return found
}

function append<Series extends BareRound>(all: Series, found: Series): void {
  for (const name of Object.keys(found) as (keyof Series)[])
    (all[name] as number[]).push(...(found[name] as number[]))
}

function createRound(): Round {
  return { add: [], remove: [], viewCheck: [], walkCheck: [], viewList: [], walkList: [] }
}

function figuresOfEach<Name extends string>(
  all: Readonly<Record<Name, readonly number[]>>,
): Record<Name, Figures> {
  const entries = Object.entries<readonly number[]>(all)
  return Object.fromEntries(entries.map(([name, series]) => [name, figuresOf(series)])) as Record<
    Name,
    Figures
  >
}
