import { catalog, type Entry, type UpdateName, updateNames } from './catalog.ts'
import { programNames } from './programs.ts'
import type { Question, UpdateTask } from './protocol.ts'

export const groupNames = ['batch', 'updates', 'closures', 'work', 'proof'] as const
export type GroupName = (typeof groupNames)[number]

/** One question, under the name by which its answers are found. */
export interface Measurement {
  readonly group: GroupName
  readonly name: string
  readonly question: Question
}

const workPrograms = ['cyclic', 'dag', 'blog'] as const
const retracts = 200

/** All that is measured of these peers, in the order in which it is: one task of all peers, then the next. */
export function listMeasurements(peers: readonly string[]): readonly Measurement[] {
  const entries = peers.map((peer) => [peer, catalog[peer]!] as const)
  const batches = programNames.flatMap((program) =>
    entries.flatMap(([peer, { batch = [] }]): Measurement[] => {
      if (!batch.includes(program)) return []
      return [
        { group: 'batch', name: program, question: { peer, task: { kind: 'batch', program } } },
      ]
    }),
  )
  const updates = updateNames.flatMap((name) =>
    entries.flatMap(([peer, entry]): Measurement[] => {
      const task = updateTask(name, entry)
      const group = name === 'dag' || name === 'cyclic' ? 'closures' : 'updates'
      return task ? [{ group, name, question: { peer, task } }] : []
    }),
  )
  const empty: Measurement = {
    group: 'batch',
    name: 'empty',
    question: { peer: 'node', task: { kind: 'empty' } },
  }
  return [empty, ...batches, ...updates, ...(peers.includes('ours') ? ownMeasurements() : [])]
}

function updateTask(name: UpdateName, { updates }: Entry): UpdateTask | undefined {
  const steps = updates?.[name]
  if (steps === undefined) return undefined
  if (name === 'blog-point') return { kind: 'updates', program: 'blog', ask: 'point', steps }
  if (name === 'blog-view') return { kind: 'updates', program: 'blog', ask: 'view', steps }
  return { kind: 'updates', program: name, ask: 'point', steps }
}

function ownMeasurements(): readonly Measurement[] {
  const peer = 'ours'
  return [
    ...workPrograms.map((program): Measurement => {
      const task = { kind: 'work', program, steps: retracts } as const
      return { group: 'work', name: `work ${program}`, question: { peer, task } }
    }),
    { group: 'proof', name: 'proof', question: { peer, task: { kind: 'proof', proofs: 1000 } } },
  ]
}
