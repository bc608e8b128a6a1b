import { runServer } from '@rose-ash/shared/infrastructure/app/run-server'
import { createCartApp } from './app.ts'
import { readEnvironment } from './config/env.ts'

await runServer({ app: 'cart', create: createCartApp, environment: readEnvironment() })
