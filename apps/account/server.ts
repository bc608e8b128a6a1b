import { runServer } from '@rose-ash/shared/infrastructure/app/run-server'
import { createAccountApp } from './app.ts'
import { readEnvironment } from './config/env.ts'

await runServer({ app: 'account', create: createAccountApp, environment: readEnvironment() })
