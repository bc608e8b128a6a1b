import type { Peer } from './peer.ts'
import { findVersion } from './peers/native.ts'
import { type ProgramName, programNames } from './programs.ts'
import { createBreadthFirst } from './yardsticks/breadth-first.ts'
import { createCountingDred } from './yardsticks/counting-dred.ts'
import { createNumberSet } from './yardsticks/number-set.ts'
import { createRecompute } from './yardsticks/recompute.ts'
import { createTypedArray } from './yardsticks/typed-array.ts'

export const updateNames = ['blog-point', 'blog-view', 'large-blog', 'dag', 'cyclic'] as const
export type UpdateName = (typeof updateNames)[number]

/** Who takes part in what. */
export interface Entry {
  readonly create: () => Peer | Promise<Peer>
  readonly batch?: readonly ProgramName[]
  /** How many inserts, and then as many retracts. */
  readonly updates?: Readonly<Partial<Record<UpdateName, number>>>
  /** Its process is ended after so many seconds; else after those of the run. */
  readonly limitSeconds?: number
  /** Installed on the machine, or not. */
  readonly command?: string
  /** Of npm, for its version. */
  readonly package?: string
}

const closures = ['chain', 'random', 'grid'] as const
const blog = { 'blog-point': 1000, 'blog-view': 1000 }
const graphs = { dag: 200, cyclic: 200 }
/** For those that work everything out again for each answer. */
const few = { 'blog-point': 10, 'blog-view': 10, dag: 10, cyclic: 10 }

/** In the order in which they are measured and shown. A peer's library is loaded only in its own process. */
export const catalog: Readonly<Record<string, Entry>> = {
  ours: {
    create: async () => (await import('./peers/ours.ts')).createOurs(),
    batch: programNames,
    updates: { ...blog, ...graphs, 'large-blog': 1000 },
  },
  'ours-kept': {
    create: async () => (await import('./peers/ours.ts')).createOursKept(),
    updates: { 'blog-view': 1000 },
  },
  'ours-demand': {
    create: async () => (await import('./peers/ours.ts')).createOursDemand(),
    updates: graphs,
  },
  'ours-unranked': {
    create: async () => (await import('./peers/ours.ts')).createOursUnranked(),
    batch: programNames,
  },
  'ours-anew': {
    create: async () => (await import('./peers/ours.ts')).createOursAnew(),
    updates: { 'blog-point': 20 },
  },
  'yard-bfs': { create: createBreadthFirst, batch: closures, updates: { ...blog, ...graphs } },
  'yard-ta': { create: createTypedArray, batch: programNames },
  'yard-set': { create: createNumberSet, batch: programNames },
  'yard-inc': {
    create: createCountingDred,
    // Deletion on a cycle is what it is bad at.
    updates: { ...blog, 'large-blog': 1000, dag: 200, cyclic: 20 },
  },
  'yard-recompute': { create: createRecompute, updates: { 'blog-point': 100, ...graphs } },
  sqlite: {
    create: async () => (await import('./peers/sqlite.ts')).createSqlite(),
    batch: programNames,
    updates: { ...blog, ...graphs },
  },
  'swipl-wasm': {
    create: async () => (await import('./peers/swipl-wasm.ts')).createSwiplWasm(),
    batch: programNames,
    updates: { ...blog, ...graphs },
    package: 'swipl-wasm',
  },
  'clingo-wasm': {
    create: async () => (await import('./peers/clingo-wasm.ts')).createClingoWasm(),
    batch: programNames,
    updates: few,
    package: 'clingo-wasm',
  },
  n3: {
    create: async () => (await import('./peers/n3.ts')).createN3(),
    batch: programNames,
    updates: few,
    package: 'n3',
  },
  'cozo-wasm': {
    create: async () => (await import('./peers/cozo-wasm.ts')).createCozoWasm(),
    batch: programNames,
    updates: { ...blog, 'blog-view': 20, ...graphs },
    package: 'cozo-lib-wasm',
  },
  datascript: {
    create: async () => (await import('./peers/datascript.ts')).createDatascript(),
    batch: programNames,
    updates: { ...few, 'blog-point': 200, dag: 200 },
    limitSeconds: 15,
    package: 'datascript',
  },
  swipl: {
    create: async () => (await import('./peers/swipl.ts')).createSwipl(),
    batch: programNames,
    command: 'swipl',
  },
  clingo: {
    create: async () => (await import('./peers/clingo.ts')).createClingo(),
    batch: programNames,
    command: 'clingo',
  },
}

export function isInstalled({ command }: Entry): boolean {
  return command === undefined || findVersion(command) !== undefined
}

export function getEntry(name: string): Entry {
  const entry = catalog[name]
  if (!entry)
    throw new Error(`There is no peer ${name}; there are ${Object.keys(catalog).join(', ')}.`)
  return entry
}
