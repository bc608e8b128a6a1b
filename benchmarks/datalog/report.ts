import { bars } from './bars.ts'
import { catalog, type UpdateName } from './catalog.ts'
import { type Measurements, NotMeasured } from './measurements.ts'
import { programNames } from './programs.ts'
import type { Figures } from './protocol.ts'
import type { Bar } from './ratios.ts'

type Column = readonly [title: string, valueOf: (peer: string) => number | string]

/** The three tables. Returns whether a must is short. */
export function report(measured: Measurements, write: (text: string) => void): boolean {
  const peers = Object.keys(catalog)
  const table = (title: string, columns: readonly Column[]) => {
    const rows = peers.flatMap((peer) => {
      const cells = columns.map(([, valueOf]) => cellText(() => valueOf(peer)))
      return cells.every((cell) => cell === '') ? [] : [line(peer, cells)]
    })
    if (rows.length === 0) return
    const titles = columns.map(([name]) => name)
    write(`\n${title}\n${[line('', titles), ...rows].join('\n')}\n`)
  }
  const updates = (name: UpdateName, columns: readonly UpdateColumn[]): readonly Column[] => [
    ['each', (peer) => stepsOf(measured, peer, name)],
    ...columns.map(([title, operation, figure]): Column => [
      title,
      (peer) => measured.update({ peer, name }, operation, figure),
    ]),
  ]

  table(
    'Batch: from pairs in memory to the number of derived rows, ms; memory above an empty Node',
    [
      ...programNames.map((name): Column => [name, (peer) => measured.batch(peer, name)]),
      ['chain MB', (peer) => memoryOf(measured, peer)],
    ],
  )
  table('Blog: a write, then whether a post is of a type, ms', updates('blog-point', blogColumns))
  table('Blog: a write, then how many posts are of a type, ms', updates('blog-view', blogColumns))
  table(
    'Blog of 100,000 posts: a write, then a point query, ms',
    updates('large-blog', blogColumns),
  )
  table('DAG: an edge, then whether a way is there, ms', updates('dag', edgeColumns))
  table('Cyclic graph: the same, ms', updates('cyclic', edgeColumns))
  return reportBars(measured, write)
}

type UpdateColumn = readonly [title: string, operation: string, figure: keyof Figures]

const blogColumns: readonly UpdateColumn[] = [
  ['+is_a p50', 'insert is_a', 'median'],
  ['p95', 'insert is_a', 'p95'],
  ['-is_a p50', 'retract is_a', 'median'],
  ['p95', 'retract is_a', 'p95'],
  ['+sub_of mean', 'insert sub_of', 'mean'],
  ['-sub_of mean', 'retract sub_of', 'mean'],
]

const edgeColumns: readonly UpdateColumn[] = [
  ['+edge p50', 'insert edge', 'median'],
  ['p95', 'insert edge', 'p95'],
  ['mean', 'insert edge', 'mean'],
  ['-edge p50', 'retract edge', 'median'],
  ['p95', 'retract edge', 'p95'],
  ['mean', 'retract edge', 'mean'],
]

/** How many inserts, and as many retracts. */
function stepsOf(measured: Measurements, peer: string, name: UpdateName): string {
  const cell = { peer, name }
  const problem = measured.problemOf(cell)
  if (!problem && measured.secondsOf(cell) === 0) throw new NotMeasured(`${peer}: left out`)
  return String(catalog[peer]?.updates?.[name] ?? '')
}

function memoryOf(measured: Measurements, peer: string): number {
  // What is outside of this process is not seen.
  if (catalog[peer]?.command) throw new NotMeasured('outside: left out')
  return measured.memory(peer, 'chain')
}

function reportBars(measured: Measurements, write: (text: string) => void): boolean {
  const put = (goal: string, cells: readonly string[], verdict: string) =>
    write(`${goal.padEnd(64)}${cells.map((cell) => cell.padStart(10)).join('')}  ${verdict}\n`)
  write('\n')
  put('Goal', ['ratio', 'must', 'stretch'], '')
  let isShort = false
  for (const bar of bars) {
    const { verdict, ratio } = judge(bar, measured)
    isShort ||= verdict === 'SHORT'
    const sign = bar.direction === 'most' ? '<=' : '>='
    const cells = [
      ratio === undefined ? '' : ratioText(bar, ratio),
      `${sign} ${ratioText(bar, bar.must)}`,
      `${sign} ${ratioText(bar, bar.stretch)}`,
    ]
    put(bar.goal, cells, verdict)
  }
  return isShort
}

function judge(bar: Bar, measured: Measurements): { verdict: string; ratio?: number } {
  try {
    const ratio = bar.ratio(measured)
    const isMet = (limit: number) => (bar.direction === 'most' ? ratio <= limit : ratio >= limit)
    if (isMet(bar.stretch)) return { ratio, verdict: 'stretch' }
    return { ratio, verdict: isMet(bar.must) ? 'must' : 'SHORT' }
  } catch (error) {
    if (error instanceof NotMeasured) return { verdict: `not measured: ${error.message}` }
    throw error
  }
}

function ratioText({ unit }: Bar, ratio: number): string {
  if (unit) return `${Number(ratio.toPrecision(2))} ${unit}`
  if (ratio < 0.1) return `1/${Math.round(1 / ratio)}`
  return `${Number(ratio.toPrecision(3))}x`
}

function cellText(valueOf: () => number | string): string {
  try {
    const value = valueOf()
    return typeof value === 'string' ? value : millisecondsText(value)
  } catch (error) {
    if (!(error instanceof NotMeasured)) throw error
    const reason = error.message.split(': ')[1] ?? error.message
    return reason === 'left out' ? '' : reason
  }
}

function millisecondsText(value: number): string {
  if (value >= 100) return value.toFixed(0)
  return value >= 10 ? value.toFixed(1) : value.toFixed(value >= 1 ? 2 : 4)
}

function line(name: string, cells: readonly string[]): string {
  return `  ${name.padEnd(16)}${cells.map((cell) => cell.padStart(13)).join('')}`
}
