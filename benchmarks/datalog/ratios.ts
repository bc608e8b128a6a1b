import type { Measurements } from './measurements.ts'
import { type ProgramName, programNames } from './programs.ts'

/** One row of the goals: a ratio of two figures of the same run, but for those that say `ms`. */
export interface Bar {
  readonly goal: string
  /** Whether the ratio should be at most this, or at least. */
  readonly direction: 'most' | 'least'
  readonly must: number
  readonly stretch: number
  readonly unit?: 'ms'
  /** Throws NotMeasured. */
  readonly ratio: (measured: Measurements) => number
}

type Operation = 'insert is_a' | 'retract is_a' | 'insert sub_of' | 'retract sub_of'

export function fasterThan(peer: string, must: number, stretch: number): Bar {
  return {
    goal: `batch, faster than ${peer}`,
    direction: 'least',
    must,
    stretch,
    ratio: (measured) =>
      overPrograms((program) => measured.batch(peer, program) / measured.batch('ours', program)),
  }
}

type MustAndStretch = readonly [must: number, stretch: number]

export function pointTo(peer: string, operation: Operation, [must, stretch]: MustAndStretch): Bar {
  return {
    goal: `${operation} + point query, p50, to ${peer}`,
    direction: 'most',
    must,
    stretch,
    ratio: (measured) => {
      const name = 'blog-point'
      const ours = measured.update({ peer: 'ours', name }, operation, 'median')
      return ours / measured.update({ peer, name }, operation, 'median')
    },
  }
}

/** Who wants the number of a type's posts after each write has it kept by a rule. */
export function viewToSqlite(operation: Operation): Bar {
  return {
    goal: `${operation} + view query, p50, ours-kept to sqlite`,
    direction: 'most',
    must: 1 / 50,
    stretch: 1 / 200,
    ratio: (measured) => {
      const name = 'blog-view'
      const ours = measured.update({ peer: 'ours-kept', name }, operation, 'median')
      return ours / measured.update({ peer: 'sqlite', name }, operation, 'median')
    },
  }
}

export function typeEdge(operation: Operation): Bar {
  return {
    goal: `${operation} + point query, mean, to yard-inc`,
    direction: 'most',
    must: 5,
    stretch: 2,
    ratio: (measured) => {
      const name = 'blog-point'
      const ours = measured.update({ peer: 'ours', name }, operation, 'mean')
      return ours / measured.update({ peer: 'yard-inc', name }, operation, 'mean')
    },
  }
}

export function flatness(operation: Operation): Bar {
  return {
    goal: `flatness: ${operation} at 100,000 posts to 10,000, p50`,
    direction: 'most',
    must: 3,
    stretch: 2,
    ratio: (measured) => {
      const at = (name: string) => measured.update({ peer: 'ours', name }, operation, 'median')
      return at('large-blog') / at('blog-point')
    },
  }
}

export function toOwnRecompute(operation: Operation): Bar {
  return {
    goal: `${operation} + point query, p50, to a new database`,
    direction: 'most',
    must: 1 / 1000,
    stretch: 1 / 3000,
    ratio: (measured) => {
      const of = (peer: string) =>
        measured.update({ peer, name: 'blog-point' }, operation, 'median')
      return of('ours') / of('ours-anew')
    },
  }
}

export function touched(program: ProgramName, [must, stretch]: MustAndStretch): Bar {
  return {
    goal: `facts touched to changed, 200 retracts, ${program}`,
    direction: 'most',
    must,
    stretch,
    ratio: (measured) => measured.work(program),
  }
}

export function onDemand(operation: 'insert edge' | 'retract edge'): Bar {
  return {
    goal: `${operation} + demand query on the cyclic graph, p50, to sqlite`,
    direction: 'most',
    must: 1.5,
    stretch: 0.5,
    ratio: (measured) => {
      const of = (peer: string) => measured.update({ peer, name: 'cyclic' }, operation, 'median')
      return of('ours-demand') / of('sqlite')
    },
  }
}

/** The geometric mean. */
export function overPrograms(ratio: (program: ProgramName) => number): number {
  const logarithms = programNames.map((program) => Math.log(ratio(program)))
  return Math.exp(logarithms.reduce((sum, each) => sum + each, 0) / logarithms.length)
}
