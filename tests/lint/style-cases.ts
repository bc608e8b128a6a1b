import type { LintCase } from './import-cases.ts'

const long = (lines: number) => 'export const x = 1\n'.padEnd(18 + lines, '\n')

/** What CONTRIBUTING.md asks for and the linter holds. */
export const styleCases: readonly LintCase[] = [
  {
    rule: 'a file has at most 300 lines',
    refusedBy: 'eslint(max-lines)',
    planted: ['apps/blog/services/long.ts', long(302)],
    allowed: ['apps/blog/services/long-enough.ts', long(299)],
  },
  {
    rule: 'a function takes at most three parameters',
    refusedBy: 'eslint(max-params)',
    planted: [
      'apps/blog/services/four.ts',
      'export function four(a: 1, b: 2, c: 3, d: 4): number[] {\n  return [a, b, c, d]\n}\n',
    ],
    allowed: [
      'apps/blog/services/three.ts',
      'export function three(a: 1, b: 2, c: 3): number[] {\n  return [a, b, c]\n}\n',
    ],
  },
  {
    rule: 'a module keeps no state',
    refusedBy: 'rose-ash(no-module-state)',
    planted: ['apps/blog/services/state.ts', 'export let count = 0\n'],
    allowed: ['apps/blog/services/stateless.ts', 'export const count = 0\n'],
  },
  {
    rule: 'a promise is waited for',
    refusedBy: 'typescript(no-floating-promises)',
    planted: [
      'apps/blog/services/floating.ts',
      'export function go(): void {\n  Promise.resolve()\n}\n',
    ],
    allowed: [
      'apps/blog/services/awaited.ts',
      'export async function go(): Promise<void> {\n  await Promise.resolve()\n}\n',
    ],
  },
  {
    rule: 'a promise is not a condition',
    refusedBy: 'typescript(no-misused-promises)',
    planted: [
      'apps/blog/services/misused.ts',
      'export function go(ready: Promise<boolean>): number {\n  return ready ? 1 : 2\n}\n',
    ],
    allowed: [
      'apps/blog/services/used.ts',
      'export async function go(ready: Promise<boolean>): Promise<number> {\n  return (await ready) ? 1 : 2\n}\n',
    ],
  },
  {
    rule: 'a switch over a union knows every member',
    refusedBy: 'typescript(switch-exhaustiveness-check)',
    planted: [
      'apps/blog/services/switch.ts',
      "export function go(is: 'a' | 'b'): number {\n  switch (is) {\n    case 'a':\n      return 1\n  }\n  return 2\n}\n",
    ],
    allowed: [
      'apps/blog/services/switch-all.ts',
      "export function go(is: 'a' | 'b'): number {\n  switch (is) {\n    case 'a':\n      return 1\n    case 'b':\n      return 2\n  }\n}\n",
    ],
  },
  {
    rule: 'an exported function says what it returns',
    refusedBy: 'typescript(explicit-module-boundary-types)',
    planted: ['apps/blog/services/untold.ts', 'export function one() {\n  return 1\n}\n'],
    allowed: ['apps/blog/services/told.ts', 'export function one(): number {\n  return 1\n}\n'],
  },
  {
    rule: 'a file is named in kebab case',
    refusedBy: 'unicorn(filename-case)',
    planted: ['apps/blog/services/postService.ts', 'export const x = 1\n'],
    allowed: ['apps/blog/services/post-service.ts', 'export const x = 1\n'],
  },
]
