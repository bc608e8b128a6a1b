import { startPlatform } from '@rose-ash/local/platform'
import { freeStartMemory } from '@rose-ash/shared/infrastructure/app/start-memory'
import { type BarePage, createBareApp } from './bare.ts'

/** One of the two sides, in a process of its own: what it is asked over IPC, it answers. */
export type Question =
  | {
      readonly start: 'platform'
      readonly databaseUrl: string
      readonly folder: string
      readonly pageCacheSeconds: number
    }
  | { readonly start: 'bare'; readonly pages: readonly BarePage[] }
  | { readonly ask: 'usage' }

export interface Started {
  readonly port: number
  readonly host: string
}

export interface Usage {
  readonly cpuMilliseconds: number
  readonly rssMegabytes: number
}

process.on('message', (question: Question) => {
  void answer(question).then((value) => process.send?.(value))
})
process.once('disconnect', () => process.exit(0))

async function answer(question: Question): Promise<Started | Usage> {
  if ('ask' in question) return measureSelf()
  if (question.start === 'platform') {
    const platform = await startPlatform({
      databaseUrl: question.databaseUrl,
      secretKey: 'the secret key of a benchmark, long enough',
      mediaFolder: `${question.folder}/media`,
      mailFolder: `${question.folder}/mail`,
      port: 0,
      logLevel: 'warn',
      pageCacheSeconds: question.pageCacheSeconds,
    })
    // As `pnpm start` does.
    freeStartMemory()
    return { port: platform.port, host: `blog.localhost:${platform.port}` }
  }
  const app = await createBareApp(question.pages)
  const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  return { port: Number(url.port), host: url.host }
}

function measureSelf(): Usage {
  const { user, system } = process.cpuUsage()
  return {
    cpuMilliseconds: (user + system) / 1000,
    rssMegabytes: process.memoryUsage().rss / 1024 ** 2,
  }
}
