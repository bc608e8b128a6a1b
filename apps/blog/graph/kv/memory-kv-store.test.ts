import { describe } from 'vitest'
import { MemoryKvStore } from './memory-kv-store.ts'
import { testKvStore } from './test-kv-store.ts'

describe('a store in memory', () => {
  testKvStore(async (options) => {
    const store = new MemoryKvStore(options)
    return { stores: [store, store], [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() }
  })
})
