import { expect, it } from 'vitest'
import { createBatchLoader } from './batch-loader.ts'

function createLoader() {
  const asked: (readonly number[])[] = []
  const load = createBatchLoader(async (keys: readonly number[]) => {
    asked.push(keys)
    if (keys.includes(0)) throw new Error('nothing for nought')
    return new Map(keys.filter((key) => key < 100).map((key) => [key, key * 2]))
  })
  return { asked, load }
}

it('loads what is asked for in one turn at once, each key one time', async () => {
  const { asked, load } = createLoader()
  expect(await Promise.all([load(1), load(2), load(1), load(100)])).toEqual([2, 4, 2, undefined])
  expect(asked).toEqual([[1, 2, 100]])
})

it('keeps nothing from one turn to the next', async () => {
  const { asked, load } = createLoader()
  await load(1)
  await load(1)
  expect(asked).toEqual([[1], [1]])
})

it('fails all that asked together, and nobody who asks afterwards', async () => {
  const { load } = createLoader()
  const results = await Promise.allSettled([load(0), load(1)])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await load(1)).toBe(2)
})
