import { defineConfig } from 'vitest/config'
import { quickStart } from './packages/local/quick-start.ts'

const folders = '{apps,packages,tests}'
const needsServer = `${folders}/**/*.{db,redis,browser}.test.ts`

export default defineConfig({
  test: {
    exclude: ['**/node_modules/**', '**/fixtures/**'],
    // Against what never ends: on a busy machine a test can take many times as long.
    testTimeout: 40_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    restoreMocks: true,
    // Much of the time goes by waiting for servers. No module of ours keeps state, so a worker need not
    // load everything anew for each file.
    maxWorkers: 4,
    isolate: false,
    // Programs that tests start are quicker with it.
    env: { NODE_OPTIONS: quickStart },
    projects: [
      {
        extends: true,
        test: {
          name: 'alone',
          include: [`${folders}/**/*.test.ts`],
          exclude: ['**/node_modules/**', '**/fixtures/**', needsServer],
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: [needsServer],
          globalSetup: 'packages/testing/cluster.ts',
        },
      },
    ],
  },
})
