import type { FastifyInstance } from 'fastify'
import type { Cache } from '../cache/cache.ts'
import type { DatabaseConnection } from '../database.ts'

interface Options {
  readonly connection: DatabaseConnection
  readonly cache: Cache
}

const timeoutMilliseconds = 1000

/**
 * `/health`: the process answers. `/ready`: it can serve pages; 503 without a database. A cache that
 * is away is told of and costs speed only, so it does not make an app unready.
 */
export async function healthRoutes(app: FastifyInstance, options: Options): Promise<void> {
  app.get('/health', async () => ({ status: 'ok' }))

  app.get('/ready', async (_request, reply) => {
    const [database, cache] = await Promise.all([
      isAnswering(() => options.connection.pool.query('select 1')),
      isAnswering(() => options.cache.isReady()),
    ])
    void reply.status(database ? 200 : 503)
    return {
      status: database ? 'ready' : 'unready',
      database: database ? 'up' : 'down',
      cache: cache ? 'up' : 'down',
    }
  })
}

async function isAnswering(ask: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMilliseconds)
  })
  const answer = ask().then(
    (value) => value !== false,
    () => false,
  )
  try {
    return await Promise.race([answer, tooLate])
  } finally {
    clearTimeout(timer)
  }
}
