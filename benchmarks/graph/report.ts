import type { Measured } from './measure.ts'
import type { StoreName } from './protocol.ts'

export interface StoreReport {
  readonly store: StoreName
  readonly measured: readonly Measured[]
  /** Milliseconds of a re-saturation, by size. */
  readonly saturations: ReadonlyMap<number, number>
  /** Microseconds of an edge in maps, by size. */
  readonly mapWrites: ReadonlyMap<number, number>
}

type Print = (text: string) => void
type Column = readonly [title: string, cellOf: (measured: Measured) => string]
type SeriesName = keyof Measured['series']

const titles = { memory: 'Memory', postgres: 'PostgreSQL' } as const
const mostRatio = 1.3

export function reportStore(
  { store, measured, saturations, mapWrites }: StoreReport,
  print: Print,
): void {
  const table = (title: string, columns: readonly Column[]) => {
    const rows = measured.map((each) =>
      line(
        countText(each.edges),
        columns.map(([, cellOf]) => cellOf(each)),
      ),
    )
    const head = columns.map(([name]) => name)
    print(`\n${titles[store]}: ${title}\n${[line('edges', head), ...rows].join('\n')}\n`)
  }
  table('an edge written and in all views, µs; boot; memory an edge', [
    ['add p50', timeOf('add')],
    ['p95', ({ series }) => timeText(series.add.p95)],
    ['remove p50', timeOf('remove')],
    ['p95', ({ series }) => timeText(series.remove.p95)],
    ['changed rows', ({ changedRows }) => String(changedRows)],
    ['boot ms', ({ bootMilliseconds }) => bootMilliseconds.toFixed(0)],
    ['views bytes', ({ viewBytes, edges }) => (viewBytes / edges).toFixed(0)],
    [
      store === 'memory' ? 'store bytes' : 'on disk',
      ({ storeBytes, edges }) => (storeBytes / edges).toFixed(0),
    ],
  ])

  const saturated = (cellOf: (microseconds: number, measured: Measured) => string) => {
    return (each: Measured) => {
      const milliseconds = saturations.get(each.size)
      return milliseconds === undefined ? '' : cellOf(milliseconds * 1000, each)
    }
  }
  table('the same beside a re-saturation for each write, and the store alone, µs, p50', [
    ['re-saturation', saturated(timeText)],
    ['add to it', saturated((time, { series }) => ratioText(series.add.median / time))],
    ['remove to it', saturated((time, { series }) => ratioText(series.remove.median / time))],
    ['store: add', timeOf('bareAdd')],
    ['add to it', ratioOf('add', 'bareAdd')],
    ['remove', timeOf('bareRemove')],
    ['remove to it', ratioOf('remove', 'bareRemove')],
  ])
  const firstSize = measured[0]?.size ?? 0
  const toFirst = (of: (each: Measured) => number) => (each: Measured) =>
    ratioText(of(each) / of(measured[0]!))
  table('an edge added, to one among the fewest; beside it in two maps of sets, µs, p50', [
    ['all views', timeOf('add')],
    ['to fewest', toFirst(({ series }) => series.add.median)],
    ['store', timeOf('bareAdd')],
    ['to fewest', toFirst(({ series }) => series.bareAdd.median)],
    ['maps', ({ size }) => timeText(mapWrites.get(size)!)],
    ['to fewest', ({ size }) => ratioText(mapWrites.get(size)! / mapWrites.get(firstSize)!)],
  ])
  table('whether a post is of a type, and all of one, from the view and by a walk, µs, p50', [
    ['one: view', timeOf('viewCheck')],
    ['walk', timeOf('walkCheck')],
    ['view to it', ratioOf('viewCheck', 'walkCheck')],
    ['all: view', timeOf('viewList')],
    ['walk', timeOf('walkList')],
    ['view to it', ratioOf('viewList', 'walkList')],
  ])
}

/** Returns whether a must is short. */
export function reportGoals(reports: readonly StoreReport[], print: Print): boolean {
  print(`\n${goalLine('Goal', ['ratio', 'must'])}\n`)
  const verdicts = reports.flatMap(({ store, measured }) => {
    const [first, last] = [measured[0]!, measured.at(-1)!]
    return (['add', 'remove'] as const).map((name) => {
      const sizes = `${countText(last.size)} edges to ${countText(first.size)}`
      const ratio = last.series[name].median / first.series[name].median
      const verdict = ratio <= mostRatio ? 'must' : 'SHORT'
      const cells = [ratioText(ratio), `<= ${mostRatio}x`]
      print(`${goalLine(`${titles[store]}, ${name} p50, ${sizes}`, cells)}  ${verdict}\n`)
      return verdict
    })
  })
  return verdicts.includes('SHORT')
}

function timeOf(name: SeriesName): (measured: Measured) => string {
  return ({ series }) => timeText(series[name].median)
}

function ratioOf(name: SeriesName, other: SeriesName): (measured: Measured) => string {
  return ({ series }) => ratioText(series[name].median / series[other].median)
}

function timeText(microseconds: number): string {
  if (microseconds >= 1000) return countText(Math.round(microseconds))
  return microseconds.toFixed(microseconds >= 100 ? 0 : 1)
}

function ratioText(ratio: number): string {
  if (ratio < 0.1) return `1/${Math.round(1 / ratio)}`
  return `${Number(ratio.toPrecision(3))}x`
}

function countText(count: number): string {
  return count.toLocaleString('en')
}

function line(name: string, cells: readonly string[]): string {
  return `  ${name.padStart(10)}${cells.map((cell) => cell.padStart(14)).join('')}`
}

function goalLine(goal: string, cells: readonly string[]): string {
  return `${goal.padEnd(64)}${cells.map((cell) => cell.padStart(10)).join('')}`
}
