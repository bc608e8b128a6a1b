import { DatalogError } from '../index.ts'

export function errorOf(work: () => unknown): DatalogError {
  try {
    work()
  } catch (error) {
    if (error instanceof DatalogError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
