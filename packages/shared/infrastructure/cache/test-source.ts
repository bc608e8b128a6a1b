import { setTimeout as sleep } from 'node:timers/promises'

interface Source {
  readonly load: () => Promise<string>
  readonly loads: number
  error: Error | undefined
}

/** Something slow that is worth caching. It counts, and it fails when told. */
export function createSource({ loadMs = 0 } = {}): Source {
  let loads = 0
  const source = {
    error: undefined as Error | undefined,
    get loads() {
      return loads
    },
    async load() {
      const version = ++loads
      await sleep(loadMs)
      if (source.error) throw source.error
      return `version ${version}`
    },
  }
  return source
}
