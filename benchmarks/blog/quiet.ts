import { cpus } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'

/** How much of all processors nobody used for two seconds: below 0.9 the figures tell of others too. */
export async function measureIdleShare(): Promise<number> {
  const before = readTimes()
  await delay(2000)
  const after = readTimes()
  return (after.idle - before.idle) / (after.total - before.total)
}

function readTimes(): { idle: number; total: number } {
  const times = cpus().map((cpu) => cpu.times)
  const idle = times.reduce((sum, time) => sum + time.idle, 0)
  const total = times.flatMap(Object.values<number>).reduce((sum, time) => sum + time, 0)
  return { idle, total }
}
