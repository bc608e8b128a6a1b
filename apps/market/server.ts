import { runServer } from '@rose-ash/shared/infrastructure/app/run-server'
import { createMarketApp } from './app.ts'
import { readEnvironment } from './config/env.ts'

await runServer({ app: 'market', create: createMarketApp, environment: readEnvironment() })
