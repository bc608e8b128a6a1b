import { runServer } from '@rose-ash/shared/infrastructure/app/run-server'
import { createEventsApp } from './app.ts'
import { readEnvironment } from './config/env.ts'

await runServer({ app: 'events', create: createEventsApp, environment: readEnvironment() })
