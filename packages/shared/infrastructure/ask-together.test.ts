import { expect, test } from 'vitest'
import { askTogether } from './ask-together.ts'

function createOven() {
  const asked: string[] = []
  const ask = askTogether(async (loaf: string) => {
    asked.push(loaf)
    if (loaf === 'stone') throw new Error('that is no loaf')
    return { loaf, number: asked.length }
  })
  return { asked, ask }
}

test('the same question in one turn is asked once, and another for itself', async () => {
  const { asked, ask } = createOven()
  const [rye, sameRye, wheat] = await Promise.all([ask('rye'), ask('rye'), ask('wheat')])
  expect(asked).toEqual(['rye', 'wheat'])
  expect(sameRye).toBe(rye)
  expect(wheat.loaf).toBe('wheat')
})

test('an answer is never older than the question', async () => {
  const { asked, ask } = createOven()
  const first = ask('rye')
  await new Promise((resolve) => setImmediate(resolve))
  // By now it is being asked.
  expect(asked).toEqual(['rye'])
  const second = ask('rye')
  expect((await first).number).toBe(1)
  expect((await second).number).toBe(2)
})

test('an error is for those who asked, and for nobody after them', async () => {
  const { asked, ask } = createOven()
  const answers = await Promise.allSettled([ask('stone'), ask('stone'), ask('rye')])
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
  await expect(ask('stone')).rejects.toThrow('no loaf')
  expect(asked).toEqual(['stone', 'rye', 'stone'])
})
