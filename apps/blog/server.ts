import { runServer } from '@rose-ash/shared/infrastructure/app/run-server'
import { createBlogApp } from './app.ts'
import { readEnvironment } from './config/env.ts'

await runServer({ app: 'blog', create: createBlogApp, environment: readEnvironment() })
