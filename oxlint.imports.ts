import type { OxlintOverride } from 'oxlint'

/**
 * Who may import whom: the table of docs/architecture.md. tests/lint plants a violation of each rule.
 * That a relative path may not leave its package is held by oxlint.plugin.ts, so a name is all there is to match.
 */
const apps = ['account', 'blog', 'cart', 'events', 'federation', 'market']

const never = {
  anApp: {
    group: apps.flatMap((app) => [`@rose-ash/${app}`, `@rose-ash/${app}/**`]),
    message: 'Rule 1: an app is imported by nobody but the one-process shape and tests.',
  },
  tables: {
    group: ['@rose-ash/shared/models/**'],
    message: 'Rule 2: an app takes tables only through its own models/index.ts.',
  },
  services: {
    group: ['@rose-ash/shared/services/**'],
    message: 'Rule 3: an app builds no service; it asks app.services.',
  },
  web: {
    group: ['fastify', 'fastify-*', '@fastify/**', 'handlebars', '**/templates/**'],
    message: 'Rule 4: a service knows nothing of Fastify and templates.',
  },
  infrastructure: {
    group: ['**/infrastructure/**'],
    allowTypeImports: true,
    message: 'Rule 4: a service is given what it needs; it takes no infrastructure but types.',
  },
  workbench: {
    group: ['@rose-ash/testing', '@rose-ash/testing/**', '@rose-ash/local', '@rose-ash/local/**'],
    message: 'Rule 6: testing and local are for tests and for one machine.',
  },
  editor: {
    group: ['@rose-ash/editor', '@rose-ash/editor/**'],
    message: 'Rule 6: only the blog has the editor.',
  },
  httpClients: {
    group: ['undici', 'node:http', 'node:https', 'node:http2', 'http', 'https', 'http2'],
    allowTypeImports: true,
    message:
      'Rule 7: requests leave from infrastructure/ or from a client named for its third party.',
  },
  environment: {
    group: ['node:process', 'process'],
    message: 'Rule 8: process is a global, and its env is read only in config/.',
  },
}

/** All that a layer may import besides its own files. */
function nothingBut(rule: string, ...allowed: string[]) {
  return { group: ['*', '!./**', ...allowed.map((name) => `!${name}`)], message: rule }
}

const only = {
  contracts: nothingBut('Rule 4: contracts import only contracts and zod.', 'zod'),
  drizzle: nothingBut('Rule 4: models import only Drizzle.', 'drizzle-orm', 'drizzle-orm/**'),
  tables: nothingBut('Rule 2: the gate only passes tables on.', '@rose-ash/shared/models/**'),
  itself: nothingBut('Rule 5: datalog imports nothing.', '../**'),
}

const {
  anApp,
  tables,
  services,
  web,
  infrastructure,
  workbench,
  editor,
  httpClients,
  environment,
} = never
const everywhere = [anApp, httpClients, environment]
const inApps = [...everywhere, tables, services, workbench]
const inShared = [...everywhere, workbench, editor]

/** The command of datalog: its own package and Node, and nothing else. */
const inCommand = [
  environment,
  {
    group: ['*', '!./**', '!../**', '!node:*'],
    message: 'Rule 5: the command of datalog imports datalog and Node.',
  },
]

/** Of two rows that match a file, the later one holds alone. */
const rows: readonly (readonly [files: string, forbidden: object[]])[] = [
  ['apps/**', [...inApps, editor]],
  ['apps/blog/**', inApps],
  ['apps/*/services/**/*-client.ts', [anApp, environment, tables, services, workbench, editor]],
  ['apps/*/models/index.ts', [only.tables]],
  ['apps/**/{*.test,test-*}.ts', [anApp, environment, tables, services, editor]],

  ['packages/shared/**', inShared],
  ['packages/shared/contracts/**', [only.contracts]],
  ['packages/shared/models/**', [only.drizzle]],
  ['packages/shared/services/**', [...inShared, web, infrastructure]],
  ['packages/shared/events/**', [...inShared, web, infrastructure]],
  ['packages/shared/infrastructure/**', [anApp, environment, workbench, editor]],
  ['packages/shared/**/{*.test,test-*}.ts', [anApp, editor]],

  ['packages/datalog/**', [only.itself]],
  // The command is a program of Node on top of the engine, which itself runs anywhere.
  ['packages/datalog/command/**', inCommand],
  ['packages/datalog/**/{*.test,test-*}.ts', []],
]

/** Where requests may leave from: infrastructure, clients named for their third party, browsers, and tests. */
const mayFetch = [
  'packages/shared/infrastructure/**',
  'apps/*/services/**/*-client.ts',
  'packages/shared/static/**',
  'packages/editor/browser/**',
  'packages/{local,testing}/**',
  '{tests,benchmarks}/**',
  '**/{*.test,test-*}.ts',
]

const mayReadEnvironment = ['**/config/**', 'tests/**', '**/*.test.ts', '*.config.ts']

/** `fetch` and `process.env` are globals: they are banned everywhere, and allowed in the lists above. */
const globals: OxlintOverride = {
  files: ['**/*.ts'],
  rules: {
    'no-restricted-globals': [
      'error',
      { globals: [{ name: 'fetch', message: httpClients.message }], checkGlobalObject: true },
    ],
    'no-restricted-properties': [
      'error',
      { object: 'process', property: 'env', message: environment.message },
    ],
  },
}

export const importRules: OxlintOverride[] = [
  ...rows.map(([files, forbidden]): OxlintOverride => ({
    files: [files],
    rules: { 'no-restricted-imports': ['error', { patterns: forbidden }] },
  })),
  globals,
  { files: mayFetch, rules: { 'no-restricted-globals': 'off' } },
  { files: mayReadEnvironment, rules: { 'no-restricted-properties': 'off' } },
]
