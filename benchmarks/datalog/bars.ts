import {
  type Bar,
  fasterThan,
  flatness,
  onDemand,
  overPrograms,
  pointTo,
  toOwnRecompute,
  touched,
  typeEdge,
  viewToSqlite,
} from './ratios.ts'

/** The goals of the engine, with what must be reached and what would be better still. */
export const bars: readonly Bar[] = [
  {
    goal: 'batch, to yard-ta (blog: yard-set)',
    direction: 'most',
    must: 3,
    stretch: 1.8,
    ratio: (measured) =>
      overPrograms((program) => {
        const yardstick = program === 'blog' ? 'yard-set' : 'yard-ta'
        return measured.batch('ours', program) / measured.batch(yardstick, program)
      }),
  },
  {
    goal: 'batch, faster than the better of clingo-wasm and swipl-wasm',
    direction: 'least',
    must: 6,
    stretch: 12,
    ratio: (measured) =>
      overPrograms((program) => {
        const best = Math.min(
          measured.batch('clingo-wasm', program),
          measured.batch('swipl-wasm', program),
        )
        return best / measured.batch('ours', program)
      }),
  },
  fasterThan('n3', 12, 25),
  fasterThan('cozo-wasm', 12, 25),
  fasterThan('sqlite', 2, 4),
  fasterThan('swipl', 1.7, 3.5),
  fasterThan('clingo', 2, 4),
  pointTo('sqlite', 'insert is_a', [1, 0.4]),
  pointTo('swipl-wasm', 'retract is_a', [0.6, 0.3]),
  pointTo('sqlite', 'retract is_a', [3, 1.5]),
  pointTo('n3', 'insert is_a', [1 / 500, 1 / 1000]),
  pointTo('n3', 'retract is_a', [1 / 500, 1 / 1000]),
  pointTo('clingo-wasm', 'insert is_a', [1 / 500, 1 / 1000]),
  pointTo('clingo-wasm', 'retract is_a', [1 / 500, 1 / 1000]),
  viewToSqlite('insert is_a'),
  viewToSqlite('retract is_a'),
  typeEdge('insert sub_of'),
  typeEdge('retract sub_of'),
  flatness('insert is_a'),
  flatness('retract is_a'),
  toOwnRecompute('insert is_a'),
  toOwnRecompute('retract is_a'),
  touched('cyclic', [6, 4]),
  touched('dag', [1.5, 1.1]),
  touched('blog', [1.5, 1.1]),
  {
    goal: 'retract on the cyclic graph, mean, to yard-recompute',
    direction: 'most',
    must: 0.3,
    stretch: 0.1,
    ratio: (measured) => {
      const mean = (peer: string) =>
        measured.update({ peer, name: 'cyclic' }, 'retract edge', 'mean')
      return mean('ours') / mean('yard-recompute')
    },
  },
  onDemand('insert edge'),
  onDemand('retract edge'),
  {
    goal: 'batch, with ranks to without',
    direction: 'most',
    must: 1.3,
    stretch: 1.15,
    ratio: (measured) =>
      overPrograms((program) => {
        return measured.batch('ours', program) / measured.batch('ours-unranked', program)
      }),
  },
  {
    goal: 'one proof tree on the blog, p50',
    direction: 'most',
    must: 1,
    stretch: 0.1,
    unit: 'ms',
    ratio: (measured) => measured.proof(),
  },
  {
    goal: 'memory on chain 1000, above an empty Node, to n3',
    direction: 'most',
    must: 1 / 3,
    stretch: 1 / 6,
    ratio: (measured) => measured.memory('ours', 'chain') / measured.memory('n3', 'chain'),
  },
]
