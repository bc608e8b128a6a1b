import { describe, expect, test } from 'vitest'
import { createBatches } from './batches.ts'

/** Takes every batch and answers when it is told to. */
function createDesk() {
  const batches: {
    readonly questions: readonly number[]
    answer(): Promise<void>
    fail(error: Error): Promise<void>
  }[] = []
  const askAll = (questions: readonly number[]) => {
    const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>()
    const turn = () => new Promise<void>((done) => setImmediate(done))
    batches.push({
      questions,
      answer() {
        resolve(questions.map((question) => `answer to ${question}`))
        return turn()
      },
      fail(error) {
        reject(error)
        return turn()
      },
    })
    return promise
  }
  return { askAll, batches }
}

const nextTurn = () => new Promise<void>((done) => setImmediate(done))

describe('asking together', () => {
  test('one question goes at once, and what comes meanwhile goes together', async () => {
    const { askAll, batches } = createDesk()
    const ask = createBatches({ askAll })
    const first = ask(1)
    await nextTurn()
    const others = [ask(2), ask(3), ask(4)]
    await nextTurn()
    expect(batches.map(({ questions }) => questions)).toEqual([[1]])
    await batches[0]!.answer()
    expect(await first).toBe('answer to 1')
    expect(batches.map(({ questions }) => questions)).toEqual([[1], [2, 3, 4]])
    await batches[1]!.answer()
    expect(await Promise.all(others)).toEqual(['answer to 2', 'answer to 3', 'answer to 4'])
  })

  test('who asks in the same turn comes along', async () => {
    const { askAll, batches } = createDesk()
    const ask = createBatches({ askAll })
    const both = [ask(1), ask(2)]
    await nextTurn()
    expect(batches).toHaveLength(1)
    await batches[0]!.answer()
    expect(await Promise.all(both)).toEqual(['answer to 1', 'answer to 2'])
  })

  test('a trip that takes long holds up nobody', async () => {
    const { askAll, batches } = createDesk()
    const ask = createBatches({ askAll })
    const stuck = ask(1)
    await nextTurn()
    const second = ask(2)
    await expect.poll(() => batches.length).toBe(2)
    await batches[1]!.answer()
    expect(await second).toBe('answer to 2')
    await batches[0]!.answer()
    expect(await stuck).toBe('answer to 1')
    const third = ask(3)
    await nextTurn()
    await batches[2]!.answer()
    expect(await third).toBe('answer to 3')
  })

  test('questions of one key are never in the same batch', async () => {
    const { askAll, batches } = createDesk()
    const ask = createBatches({ askAll, keysOf: (question) => [String(question % 2)] })
    const all = [1, 2, 3, 5].map((question) => ask(question))
    for (let batch = 0; batch < 3; batch += 1) {
      await nextTurn()
      await batches[batch]!.answer()
    }
    expect(batches.map(({ questions }) => questions)).toEqual([[1, 2], [3], [5]])
    expect((await Promise.all(all)).at(-1)).toBe('answer to 5')
  })
})

describe('when a trip fails', () => {
  test('all who were on it are told', async () => {
    const { askAll, batches } = createDesk()
    const ask = createBatches({ askAll })
    const all = Promise.allSettled([ask(1), ask(2)])
    await nextTurn()
    await batches[0]!.fail(new Error('the line is dead'))
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    const next = ask(3)
    await nextTurn()
    await batches[1]!.answer()
    expect(await next).toBe('answer to 3')
  })

  test('and one of them is to blame, only that one fails', async () => {
    const asked: (readonly number[])[] = []
    const ask = createBatches({
      async askAll(questions: readonly number[]) {
        asked.push(questions)
        if (questions.includes(2)) throw new Error('two is refused')
        return questions
      },
      isOneToBlame: () => true,
    })
    const all = await Promise.allSettled([ask(1), ask(2), ask(3)])
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(asked).toEqual([[1, 2, 3], [1], [2], [3]])
  })
})
