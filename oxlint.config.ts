import { defineConfig } from 'oxlint'
import { importRules } from './oxlint.imports.ts'

const tests = ['**/{*.test,test-*}.ts', 'tests/**', 'packages/testing/**', 'benchmarks/**']
const commands = [
  'packages/local/**',
  'packages/testing/**',
  'packages/datalog/command/**',
  'benchmarks/**',
]
const toolConfigs = ['*.config.ts', 'packages/*/*.config.ts']

export default defineConfig({
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'node'],
  jsPlugins: ['./oxlint.plugin.ts'],
  env: { node: true, es2024: true },
  categories: { correctness: 'error', suspicious: 'error' },
  ignorePatterns: ['**/fixtures/**', 'packages/shared/static/vendor/**'],
  rules: {
    // Who may import whom: oxlint.imports.ts adds to these.
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'rose-ash/own-package': 'error',
    'rose-ash/no-module-state': 'error',

    // Size.
    'max-lines': ['error', { max: 300 }],
    'max-params': ['error', { max: 3 }],

    // Types, and promises that nobody waits for.
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/await-thenable': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    'typescript/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    'typescript/explicit-module-boundary-types': 'error',
    'typescript/only-throw-error': 'error',

    // Style that a formatter cannot hold.
    'no-console': 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    eqeqeq: 'error',
    'unicorn/filename-case': ['error', { case: 'kebabCase' }],
    'unicorn/prefer-node-protocol': 'error',
    'unicorn/no-process-exit': 'error',

    // In the categories above, but wrong about this code more often than right.
    'import/no-named-as-default-member': 'off',
    'no-shadow': 'off',
    'oxc/no-async-endpoint-handlers': 'off',
    'typescript/consistent-return': 'off',
    'typescript/no-unnecessary-type-parameters': 'off',
    'typescript/no-unsafe-type-assertion': 'off',
    'typescript/unbound-method': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'unicorn/no-array-sort': 'off',
    'unicorn/no-empty-file': 'off',
  },
  overrides: [
    ...importRules,
    { files: toolConfigs, rules: { 'import/no-default-export': 'off' } },
    { files: ['oxlint.plugin.ts'], rules: { 'import/no-default-export': 'off' } },
    { files: commands, rules: { 'no-console': 'off' } },
    {
      files: [...tests, 'packages/shared/models/**'],
      rules: { 'typescript/explicit-module-boundary-types': 'off' },
    },
    {
      files: tests,
      rules: { 'rose-ash/no-module-state': 'off', 'no-unmodified-loop-condition': 'off' },
    },
    { files: ['packages/shared/static/**'], env: { node: false, browser: true } },
  ],
})
