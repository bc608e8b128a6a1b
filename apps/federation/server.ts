import { runServer } from '@rose-ash/shared/infrastructure/app/run-server'
import { createFederationApp } from './app.ts'
import { readEnvironment } from './config/env.ts'

await runServer({ app: 'federation', create: createFederationApp, environment: readEnvironment() })
