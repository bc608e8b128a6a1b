import { countEdges } from './content.ts'
import type { FilledDatabase } from './databases.ts'
import { type Figures, figuresOf } from './figures.ts'
import type { Opened, Round, StoreName } from './protocol.ts'
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
const warmUpSeconds = { memory: 1, postgres: 2 } as const
const saturationLimitMilliseconds = 10_000

/** All sizes take turns, so that what else the machine does is no one size's alone. */
export async function measureStore(task: StoreTask): Promise<readonly Measured[]> {
  await using stack = new AsyncDisposableStack()
  const sides: { size: number; side: Side; changedRows: number; all: Round }[] = []
  for (const size of task.sizes) {
    const database = task.databases.get(size)
    const url = database && { url: database.url }
    const side = stack.use(await startSide({ ask: 'open', size, ...url }))
    const { changedRows } = await side.warmUp(warmUpSeconds[task.store])
    sides.push({ size, side, changedRows, all: createRound() })
  }
  const perRound = Math.ceil(task.operations / rounds)
  for (let round = 0; round < rounds; round += 1)
    for (const { side, all } of sides) {
      const found = await side.round(perRound)
      for (const name of Object.keys(found) as (keyof Round)[]) all[name].push(...found[name])
    }
  const measured: Measured[] = []
  for (const { size, side, changedRows, all } of sides) {
    const bare = await side.bareRound(task.operations)
    const series = figuresOfEach({ ...all, bareAdd: bare.add, bareRemove: bare.remove })
    const diskBytes = task.databases.get(size)?.diskBytes
    const storeBytes = diskBytes ?? side.opened.storeBytes
    measured.push({
      ...side.opened,
      storeBytes,
      size,
      edges: countEdges(size),
      changedRows,
      series,
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
