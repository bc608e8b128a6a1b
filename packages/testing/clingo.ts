import { findProgram } from './programs.ts'

/** Undefined where clingo is not installed; `pnpm test` then leaves out `*.clingo.test.ts`. */
export function findClingo(): string | undefined {
  return findProgram(['clingo'])
}
