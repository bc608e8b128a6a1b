import { defineConfig } from 'vitest/config'

const folders = '{apps,packages,tests}'
const needsServer = `${folders}/**/*.{db,redis,browser}.test.ts`

export default defineConfig({
  test: {
    exclude: ['**/node_modules/**', '**/fixtures/**'],
    testTimeout: 15_000,
    hookTimeout: 30_000,
    restoreMocks: true,
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
