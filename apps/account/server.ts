import { startQuickly } from '@rose-ash/shared/infrastructure/start-quickly'

startQuickly()

const { runServer } = await import('@rose-ash/shared/infrastructure/app/run-server')
const { createAccountApp } = await import('./app.ts')
const { readEnvironment } = await import('./config/env.ts')

await runServer({ app: 'account', create: createAccountApp, environment: readEnvironment() })
