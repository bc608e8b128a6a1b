import { createInterface } from 'node:readline'
import { createDatabase } from '@rose-ash/shared/infrastructure/database'
import { createLog } from '@rose-ash/shared/infrastructure/log'
import fc from 'fast-check'
import { createEdges } from './edges.ts'
import { GraphViews } from './graph-views.ts'
import { PostgresKvStore } from './kv/postgres-kv-store.ts'
import { findDifference, graphOperation, isSymmetric, perform } from './test-operations.ts'

/**
 * One of several blog processes, for a test: performs the operations of a seed from `first` up to `last`, says the
 * number of each that is done, and then, for every line it is given, what is wrong with its views.
 */
const { url, seed, first, last } = JSON.parse(process.argv[2] ?? '') as {
  url: string
  seed: number
  first: number
  last: number
}
const objects = Array.from({ length: 30 }, (_, number) => `object ${number}`)
const operations = fc.sample(graphOperation(objects), { seed, numRuns: last })

await using connection = createDatabase({ url, poolSize: 2 })
const log = createLog({ app: 'blog', level: 'silent' })
await using store = new PostgresKvStore({ database: connection.database, listening: { url, log } })
await using views = await GraphViews.open({ store, log })
const edges = createEdges(store, isSymmetric)
for (const [place, operation] of operations.slice(first).entries()) {
  await perform({ edges, store }, operation)
  process.stdout.write(`${first + place + 1}\n`)
}
process.stdout.write('done\n')
for await (const _ of createInterface({ input: process.stdin })) {
  await views.reach(await store.cursor())
  process.stdout.write(`${(await findDifference(views, store)) ?? 'no difference'}\n`)
}
